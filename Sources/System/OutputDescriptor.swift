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

  /// Writes all bytes, however many calls it takes.
  func write(_ bytes: RawSpan) throws(FileError) {
    var written = 0
    while written < bytes.byteCount {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        System.retrying {
          unsafe put(
            descriptor, buffer.baseAddress.map { unsafe $0 + written },
            min(buffer.count - written, System.largestTransfer))
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
