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
      guard count >= 0 else { throw System.error(path, wanted: "write the file") }
      written += count
    }
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
