#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A descriptor that is written to, and the file's path for messages.
struct OutputDescriptor {
  let descriptor: Int32
  let path: String

  /// Writes all bytes after those written before, or from an offset on, however many calls it takes.
  func write(_ bytes: RawSpan, at offset: Int? = nil) throws(FileError) {
    var written = 0
    while written < bytes.byteCount {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        System.retrying {
          let from = unsafe buffer.baseAddress.map { unsafe $0 + written }
          let count = min(buffer.count - written, System.largestTransfer)
          guard let offset else { return unsafe put(descriptor, from, count) }
          return unsafe pwrite(descriptor, from, count, off_t(offset + written))
        }
      }
      if count < 0, errno == EAGAIN {
        // A stream that does not wait: then the wait is here.
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard System.retrying({ Int(unsafe poll(&wanted, 1, -1)) }) >= 0 else {
          throw System.error(path, wanted: "write the file")
        }
        continue
      }
      guard count >= 0 else { throw System.error(path, wanted: "write the file") }
      written += count
    }
  }

  /// The bytes from an offset on, at most `count`; none at the end.
  func read(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
    var result = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      result = System.retrying {
        unsafe pread(descriptor, buffer.baseAddress, count, off_t(offset))
      }
      used = max(result, 0)
    }
    guard result >= 0 else { throw System.error(path, wanted: "read back the file") }
    return bytes
  }

  /// Brings everything that was written to the disk.
  func synchronize() throws(FileError) {
    #if canImport(Darwin)
      // fsync leaves the data in the drive's cache there; not every file system knows the other.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    #endif
    guard System.retrying({ Int(fsync(descriptor)) }) == 0 else {
      throw System.error(path, wanted: "bring the file to the disk")
    }
  }
}

/// `write`, whose name a method hides.
private func put(_ descriptor: Int32, _ from: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, from, count)
}
