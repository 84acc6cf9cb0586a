import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file open for reading: a plain one, or a pipe that answers.
///
/// Devices but for terminals and /dev/null are refused: they have no end. Of a named pipe it waits a few seconds for
/// somebody who writes into it, and then as long as that takes.
package final class InputFile: Sendable {
  /// Its path, for messages.
  package let path: String
  /// Its bytes when it was opened; 0 for what is not a plain file.
  package let size: Int
  /// Whether it is a plain file, which has a size and can be read from any place; pipes and devices are not.
  package let isPlain: Bool
  private let descriptor: Int32
  /// Bytes that came while it was found out whether any would.
  private let early: Mutex<[UInt8]>

  /// Seconds that a pipe may be without anybody who writes into it.
  private static let patience = 5

  /// Opens a file, one in an open folder by the last part of its path and not through a link.
  package init(_ path: String, in folder: OpenFolder? = nil) throws(FileError) {
    // Opening a pipe waits for a writer otherwise, and some devices for who knows what.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    let opened = System.retrying {
      guard let folder else { return Int(unsafe open(path, flags)) }
      return Int(unsafe openat(folder.descriptor, Files.name(of: path), flags | O_NOFOLLOW))
    }
    guard opened >= 0 else { throw Files.missing(path, wanted: "open the file") }
    let descriptor = Int32(opened)
    self.path = path
    self.descriptor = descriptor
    do throws(FileError) {
      let status = try Self.readable(descriptor, path, onlyPlain: folder != nil)
      isPlain = System.isKind(status, S_IFREG)
      size = isPlain ? Int(status.st_size) : 0
      early = Mutex(
        System.isKind(status, S_IFIFO) ? try Self.firstBytes(descriptor, path) : [])
    } catch {
      close(descriptor)
      throw error
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
  }

  /// The status of what has an end.
  private static func readable(
    _ descriptor: Int32, _ path: String, onlyPlain: Bool
  ) throws(FileError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw System.error(path, wanted: "look at the file")
    }
    func refusal(_ reason: String) -> FileError {
      FileError(file: path, wanted: "read it", reason: reason)
    }
    if System.isKind(status, S_IFREG) { return status }
    if System.isKind(status, S_IFDIR) { throw refusal("it is a folder and not a file") }
    if onlyPlain { throw refusal("it is not a plain file") }
    if System.isKind(status, S_IFIFO) || isatty(descriptor) == 1 { return status }
    if let null = System.status("/dev/null"), null.st_rdev == status.st_rdev,
      System.isKind(status, S_IFCHR)
    {
      return status
    }
    throw refusal("it is a device, which has no end, and no file or pipe")
  }

  /// Waits until somebody writes into a pipe; gives what was read to find that out.
  private static func firstBytes(
    _ descriptor: Int32, _ path: String
  ) throws(FileError) -> [UInt8] {
    for _ in 0..<(patience * 20) {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Something to read, or the end of somebody who wrote.
      if unsafe poll(&wanted, 1, 50) > 0 { return [] }
      var byte: UInt8 = 0
      let count = unsafe fetch(descriptor, &byte, 1)
      if count > 0 { return [byte] }
      // Who has opened it and writes nothing yet is waited for.
      if count < 0 { return [] }
    }
    throw FileError(
      file: path, wanted: "read it", reason: "it is a pipe into which nobody writes",
      remedy: "Begin what writes into it first.")
  }

  /// Standard input, whatever it is: a pipe, a file, a socket.
  package static func standardInput() throws(FileError) -> InputFile {
    let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw System.error("standard input", wanted: "open it") }
    return InputFile(descriptor: descriptor)
  }

  private init(descriptor: Int32) {
    path = "standard input"
    (size, isPlain) = (0, false)
    self.descriptor = descriptor
    early = Mutex([])
  }

  deinit {
    close(descriptor)
  }

  /// The next bytes, at most `count`; none at the end.
  package func read(_ count: Int) throws(FileError) -> [UInt8] {
    let waiting = early.withLock { bytes in
      defer { bytes = [] }
      return bytes
    }
    if !waiting.isEmpty { return waiting }
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      var result = 0
      repeat {
        result = System.retrying {
          unsafe fetch(descriptor, buffer.baseAddress, min(count, System.largestTransfer))
        }
      } while result < 0 && errno == EAGAIN && Self.waitForBytes(descriptor)
      failed = result < 0
      used = max(result, 0)
    }
    guard !failed else { throw System.error(path, wanted: "read the file") }
    return bytes
  }

  /// Waits until a descriptor that does not wait by itself has something to read; `false` if that fails.
  package static func waitForBytes(_ descriptor: Int32) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return System.retrying { Int(unsafe poll(&wanted, 1, -1)) } >= 0
  }

  /// The bytes from `offset` on: `count` of them, or those up to the end of the file.
  package func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      let result = unsafe fill(UnsafeMutableRawBufferPointer(buffer), at: offset)
      failed = result == nil
      used = result ?? 0
    }
    guard !failed else { throw System.error(path, wanted: "read the file") }
    return bytes
  }

  /// Reads until the memory is full or the file is at its end; gives the number of bytes, or `nil` after an error.
  private func fill(_ memory: UnsafeMutableRawBufferPointer, at offset: Int) -> Int? {
    var done = 0
    while done < memory.count {
      let result = System.retrying {
        unsafe pread(
          descriptor, memory.baseAddress.map { unsafe $0 + done },
          min(memory.count - done, System.largestTransfer), off_t(offset + done))
      }
      guard result >= 0 else { return nil }
      if result == 0 { break }
      done += result
    }
    return done
  }
}

/// `read`, whose name a method hides.
private func fetch(_ descriptor: Int32, _ to: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  unsafe read(descriptor, to, count)
}
