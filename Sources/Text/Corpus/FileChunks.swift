#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A file that is read from its start to its end, chunk by chunk.
final class FileChunks {
  /// Large enough that system calls do not count, small enough for any cache: 256 KiB.
  static let size = 1 << 18

  let path: String
  private let descriptor: CInt

  init(path: String) throws(CorpusError) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
  }

  deinit { close(descriptor) }

  /// Appends the next bytes of the file; none at its end.
  func read(into bytes: inout [UInt8]) throws(CorpusError) {
    let count = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: Self.size))
    var (found, code): (Int, CInt)
    repeat {
      (found, code) = unsafe bytes.withUnsafeMutableBytes { buffer in
        let found = unsafe Self.readOnce(
          descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
        return (found, errno)
      }
    } while found < 0 && code == EINTR
    bytes.removeLast(Self.size - max(0, found))
    if found < 0 { throw Self.failure(path, code) }
  }

  private static func readOnce(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func failure(_ path: String, _ code: CInt) -> CorpusError {
    let reason = unsafe String(cString: strerror(code))
    return .unreadable(path: path, reason: reason)
  }
}
