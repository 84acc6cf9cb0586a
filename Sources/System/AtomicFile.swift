#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file so that at every moment there is either the old one or the new one, whole.
///
/// 1. A temporary file in the same folder, made exclusively, without following links, and locked.
/// 2. All bytes, then fsync, then close; each is checked.
/// 3. rename over the old file, then fsync of the folder.
///
/// A failure before the rename removes the temporary file and leaves the old one as it was. What a killed process
/// left is removed by ``removeStale(for:)``; the lock, which ends with its process, tells it from what another one
/// is writing. A failed fsync is a failed write: it is not tried again on the same descriptor, since the pages may
/// be marked clean.
///
/// A link at the path that leads to a plain file or to nothing is replaced by the file; what it led to stays as it was.
/// The new file has the mode 0644 less the umask, whatever the old one had. A device, a pipe or a socket, and a link to
/// one, is not a file that could be replaced: it is written to as it is, and so is what lies below /dev and /proc, such
/// as /dev/stdout. A `-` is standard output itself. In an ``OpenFolder``, as the folder of a run is, there is none of
/// that: links are replaced wherever they lead, and what is not a plain file is refused.
package final class AtomicFile {
  /// The file that will be there.
  package let path: String
  /// The open folder that it is in, if it was begun there.
  private let folder: OpenFolder?
  /// Where the bytes are until the file is whole; `nil` for what is written to in its place.
  private let temporary: String?
  private let output: OutputDescriptor
  private var isOpen = true

  /// Begins a file, one in an open folder by the last part of its path: there it can only take the place of a plain
  /// file or of a link, never of what a link leads to.
  package init(_ path: String, in folder: OpenFolder? = nil) throws(FileError) {
    self.folder = folder
    guard folder != nil || path != "-" else {
      self.path = "standard output"
      temporary = nil
      let descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
      guard descriptor >= 0 else { throw System.error(self.path, wanted: "write to it") }
      output = OutputDescriptor(descriptor: descriptor, path: self.path)
      return
    }
    self.path = path
    if let folder {
      try Self.requireReplaceable(path, in: folder)
    } else if Files.isDirectory(path) {
      // rename would say so too, but only after everything is written.
      throw FileError(
        file: path, wanted: "write the file", reason: "there is a folder of this name")
    } else if Self.isInPlace(path) {
      temporary = nil
      output = OutputDescriptor(descriptor: try Self.openInPlace(path), path: path)
      return
    }
    let start = folder == nil ? Self.join(Files.directory(of: path), "") : ""
    while true {
      let suffix = String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
      let temporary = start + Self.prefix(path) + suffix
      let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
      let descriptor = unsafe openat(Self.base(folder), temporary, flags, 0o644)
      if descriptor >= 0 {
        self.temporary = temporary
        output = OutputDescriptor(descriptor: descriptor, path: path)
        // Without locks, which some network file systems lack, all is as before but for stale files.
        _ = flock(descriptor, LOCK_EX | LOCK_NB)
        return
      }
      guard errno == EEXIST || errno == EINTR else {
        throw Files.missing(path, wanted: "write the file")
      }
    }
  }

  /// What names are relative to: the open folder, or the working directory.
  private static func base(_ folder: OpenFolder?) -> Int32 { folder?.descriptor ?? AT_FDCWD }

  /// What the file is called there.
  private var name: String { folder == nil ? path : Files.name(of: path) }

  /// Refuses what no file of a run can take the place of.
  private static func requireReplaceable(
    _ path: String, in folder: OpenFolder
  ) throws(FileError) {
    guard let status = folder.status(of: Files.name(of: path)),
      !System.isKind(status, S_IFREG), !System.isKind(status, S_IFLNK)
    else { return }
    throw FileError(
      file: path, wanted: "write the file",
      reason: System.isKind(status, S_IFDIR)
        ? "there is a folder of this name"
        : "there is something of this name that is not a plain file",
      remedy: "Remove it.")
  }

  /// Opens what is written to as it is; a pipe needs somebody who reads it.
  private static func openInPlace(_ path: String) throws(FileError) -> Int32 {
    for attempt in 0... {
      let opened = System.retrying {
        Int(unsafe open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK))
      }
      if opened >= 0 {
        let descriptor = Int32(opened)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        return descriptor
      }
      guard errno == ENXIO, attempt < 100 else { break }
      usleep(50_000)
    }
    guard errno != ENXIO else {
      throw FileError(
        file: path, wanted: "write the file", reason: "it is a pipe from which nobody reads")
    }
    throw Files.missing(path, wanted: "write the file")
  }

  deinit {
    discard()
  }

  /// Whether what is at the path cannot give way to another file: no plain one, or one that is a name of an open file,
  /// as `/dev/stdout` is.
  private static func isInPlace(_ path: String) -> Bool {
    guard let status = System.status(path) else { return false }
    return !System.isKind(status, S_IFREG)
      || ["/dev/fd/", "/dev/std", "/proc/"].contains { path.hasPrefix($0) }
  }

  /// Adds bytes.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try orDiscard { () throws(FileError) in unsafe try output.write(bytes.span.bytes) }
  }

  /// Adds numbers as they are in memory.
  package func write(floats: [Float]) throws(FileError) {
    try orDiscard { () throws(FileError) in unsafe try output.write(floats.span.bytes) }
  }

  /// Whether bytes go on as they are written, as into a pipe, and none can be changed any more.
  package var isStream: Bool { temporary == nil }

  /// Puts bytes in the place of as many that were written; only where the file is no ``isStream``.
  package func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    precondition(!isStream, "'\(path)' is written to in its place, where no byte can be changed")
    try orDiscard { () throws(FileError) in
      unsafe try output.write(bytes.span.bytes, at: offset)
    }
  }

  /// Passes on what was written so far as the system gives it back, in parts; only where the file is no ``isStream``.
  package func readBack(_ body: ([UInt8]) throws -> Void) throws {
    precondition(isOpen && !isStream, "'\(path)' cannot be read back")
    do {
      try output.synchronize()
      var offset = 0
      while true {
        let part = try output.read(1 << 20, at: offset)
        if part.isEmpty { return }
        offset += part.count
        try body(part)
      }
    } catch {
      discard()
      throw error
    }
  }

  /// Puts the file in its place.
  ///
  /// - Parameter other: the name under which the file that was there is kept; of files in an open folder only.
  package func commit(keepingOldAs other: String? = nil) throws(FileError) {
    if temporary != nil { try orDiscard { () throws(FileError) in try output.synchronize() } }
    isOpen = false
    // After an interrupted close the descriptor is gone all the same, and the data are on the disk.
    guard close(output.descriptor) == 0 || errno == EINTR else {
      throw removing(System.error(path, wanted: "close the file"))
    }
    guard let temporary else { return }
    if let other, let folder, folder.holds(name) {
      // As late as can be, so that a crash before leaves the one that was kept before.
      do { try folder.keep(name, as: other) } catch { throw removing(error) }
    }
    let base = Self.base(folder)
    guard unsafe renameat(base, temporary, base, name) == 0 else {
      throw removing(
        System.error(path, wanted: "put the new file in the place of the old one"))
    }
    if let folder {
      try Self.synchronize(folder.descriptor, folder.path)
    } else {
      try Self.synchronize(folder: Files.directory(of: path))
    }
  }

  /// Writes a whole file at once.
  package static func write(
    _ bytes: [UInt8], to path: String, in folder: OpenFolder? = nil
  ) throws(FileError) {
    let file = try AtomicFile(path, in: folder)
    try file.write(bytes)
    try file.commit()
  }

  /// Gives the file up; what was at the path stays as it was.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    close(output.descriptor)
    if let temporary { unsafe unlinkat(Self.base(folder), temporary, 0) }
  }

  // MARK: Stale files

  /// Removes the temporary files that killed writers of this path left, and none that is being written.
  package static func removeStale(for path: String) throws(FileError) {
    let folder = Files.directory(of: path)
    guard Files.isDirectory(folder) else { return }
    for name in try Files.list(folder) where isTemporary(name, of: path) {
      let stale = join(folder, name)
      guard let status = System.linkStatus(stale), System.isKind(status, S_IFREG) else { continue }
      let descriptor = unsafe open(stale, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
      guard !isLocked, unsafe unlink(stale) != 0, errno != ENOENT else { continue }
      throw System.error(stale, wanted: "remove what a killed process left")
    }
  }

  /// Whether a name is what ``init(_:)`` calls temporary files: the prefix and 16 hexadecimal digits.
  private static func isTemporary(_ name: String, of path: String) -> Bool {
    let (prefix, name) = (Array(prefix(path).utf8), Array(name.utf8))
    let digits = "0123456789abcdef".utf8
    return name.count == prefix.count + 16 && name.starts(with: prefix)
      && name[prefix.count...].allSatisfy { digits.contains($0) }
  }

  private static func prefix(_ path: String) -> String { ".\(Files.name(of: path)).tmp-" }

  private static func join(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/\(name)" : "\(folder)/\(name)"
  }

  // MARK: Failures

  private func orDiscard(_ body: () throws(FileError) -> Void) throws(FileError) {
    precondition(isOpen, "'\(path)' is committed or discarded already")
    do {
      try body()
    } catch {
      discard()
      throw error
    }
  }

  private func removing(_ error: FileError) -> FileError {
    if let temporary { unsafe unlinkat(Self.base(folder), temporary, 0) }
    return error
  }

  /// Makes new names in a folder last, by way of fsync.
  static func synchronize(
    folder: String, by call: (Int32) -> Int32 = { fsync($0) }
  ) throws(FileError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      // A folder that may be written but not read.
      if errno == EACCES { return }
      throw System.error(folder, wanted: "bring the folder to the disk")
    }
    defer { close(descriptor) }
    try synchronize(descriptor, folder, by: call)
  }

  private static func synchronize(
    _ descriptor: Int32, _ folder: String, by call: (Int32) -> Int32 = { fsync($0) }
  ) throws(FileError) {
    let result = System.retrying { Int(call(descriptor)) }
    // Some file systems have no such thing for folders.
    guard result == 0 || [EINVAL, ENOTSUP, EOPNOTSUPP, EROFS].contains(errno) else {
      throw System.error(folder, wanted: "bring the folder to the disk")
    }
  }
}

#if _endian(big)
  #error("Tensors are written as they are in memory, which has to be little-endian.")
#endif
