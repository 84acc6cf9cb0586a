#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file open for reading.
package final class InputFile: Sendable {
  /// Its path, for messages.
  package let path: String
  /// Its bytes when it was opened; 0 for what is not a plain file.
  package let size: Int
  /// Whether it is a plain file, which has a size and can be read from any place; pipes and devices are not.
  package let isPlain: Bool
  private let descriptor: Int32

  /// Opens a file.
  package init(_ path: String) throws(FileError) {
    let descriptor = System.retrying { Int(unsafe open(path, O_RDONLY | O_CLOEXEC)) }
    guard descriptor >= 0 else { throw Files.missing(path, wanted: "open the file") }
    self.path = path
    self.descriptor = Int32(descriptor)
    var status = stat()
    guard unsafe fstat(Int32(descriptor), &status) == 0 else {
      let error = System.error(path, wanted: "look at the file")
      close(Int32(descriptor))
      throw error
    }
    guard !System.isKind(status, S_IFDIR) else {
      close(Int32(descriptor))
      throw FileError(
        file: path, wanted: "read it", reason: "it is a folder and not a file")
    }
    isPlain = System.isKind(status, S_IFREG)
    size = isPlain ? Int(status.st_size) : 0
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
  }

  deinit {
    close(descriptor)
  }

  /// The next bytes, at most `count`; none at the end.
  package func read(_ count: Int) throws(FileError) -> [UInt8] {
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
