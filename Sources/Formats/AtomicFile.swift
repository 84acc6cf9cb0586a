#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file so that at every moment there is either the old one or the new one, whole.
///
/// 1. A temporary file in the same folder, made exclusively and without following links.
/// 2. All bytes, then fsync, then close; each is checked.
/// 3. rename over the old file, then fsync of the folder.
///
/// A failure before the rename removes the temporary file and leaves the old one as it was. What a killed process
/// left is removed by ``removeStale(for:)``. A failed fsync is a failed write: it is not tried again on the same
/// descriptor, since the pages may be marked clean.
public final class AtomicFile {
  /// The file that will be there.
  public let path: String
  private let temporary: String
  private let output: OutputDescriptor
  private var isOpen = true

  /// Begins a file.
  public init(_ path: String) throws(FormatError) {
    self.path = path
    let folder = Files.directory(of: path)
    while true {
      let suffix = NumberText.hexadecimal(UInt64.random(in: 0...UInt64.max), digits: 16)
      let temporary = "\(folder)/\(Self.prefix(path))\(suffix)"
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
      let descriptor = unsafe open(temporary, flags, 0o644)
      if descriptor >= 0 {
        self.temporary = temporary
        output = OutputDescriptor(descriptor: descriptor, path: path)
        return
      }
      guard errno == EEXIST || errno == EINTR else {
        throw .system(
          file: path, wanted: "write the file", reason: System.reason, nearest: nil)
      }
    }
  }

  deinit {
    if isOpen { discard() }
  }

  /// Adds bytes.
  public func write(_ bytes: [UInt8]) throws(FormatError) {
    do {
      try output.write(bytes)
    } catch {
      discard()
      throw error
    }
  }

  /// Puts the file in its place.
  public func commit() throws(FormatError) {
    guard synchronize(output.descriptor) else { throw fail("bring the file to the disk") }
    isOpen = false
    guard close(output.descriptor) == 0 else {
      let error = error("close the file")
      unsafe unlink(temporary)
      throw error
    }
    guard unsafe rename(temporary, path) == 0 else {
      let error = error("put the new file in the place of the old one")
      unsafe unlink(temporary)
      throw error
    }
    let folder = unsafe open(Files.directory(of: path), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    // Some file systems cannot do this for a folder; the file is in its place all the same.
    fsync(folder)
    close(folder)
  }

  /// Writes a whole file at once.
  public static func write(_ bytes: [UInt8], to path: String) throws(FormatError) {
    let file = try AtomicFile(path)
    try file.write(bytes)
    try file.commit()
  }

  /// Removes the temporary files that killed writers of this path left.
  public static func removeStale(for path: String) throws(FormatError) {
    let folder = Files.directory(of: path)
    guard Files.isDirectory(folder) else { return }
    for name in try Files.list(folder)
    where name.hasPrefix(prefix(path)) && name.count == prefix(path).count + 16 {
      try Files.remove("\(folder)/\(name)")
    }
  }

  private static func prefix(_ path: String) -> String { ".\(Files.name(of: path)).tmp-" }

  private func synchronize(_ descriptor: Int32) -> Bool {
    #if canImport(Darwin)
      // fsync leaves the data in the drive's cache there.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return true }
    #endif
    return System.retrying { Int(fsync(descriptor)) } == 0
  }

  private func error(_ wanted: String) -> FormatError {
    .system(file: path, wanted: wanted, reason: System.reason, nearest: nil)
  }

  private func fail(_ wanted: String) -> FormatError {
    let error = error(wanted)
    discard()
    return error
  }

  private func discard() {
    guard isOpen else { return }
    isOpen = false
    close(output.descriptor)
    unsafe unlink(temporary)
  }
}
