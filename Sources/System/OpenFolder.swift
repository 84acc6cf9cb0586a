#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that is open: files in it are found by it, whatever becomes of the path that led to it.
///
/// Who renames it takes the files along that are written here; who makes another one of the old name gets none of them.
package final class OpenFolder: Sendable {
  let descriptor: Int32
  /// The path that led to it.
  package let path: String

  /// Opens a folder.
  package init(_ path: String) throws(FileError) {
    let opened = System.retrying { Int(unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) }
    guard opened >= 0 else { throw Files.missing(path, wanted: "open the folder") }
    (descriptor, self.path) = (Int32(opened), path)
  }

  deinit {
    close(descriptor)
  }

  /// Takes the lock that one holder has at a time, until the end of this object; `false` if somebody else has it.
  ///
  /// A file system without locks, as some network ones are, grants it to everybody.
  package func lock() -> Bool {
    flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
  }

  /// Gives the lock back before that.
  package func unlock() { _ = flock(descriptor, LOCK_UN) }

  /// Whether the path still leads to it.
  package var isAtItsPath: Bool {
    guard let own = status, let found = System.status(path) else { return false }
    return own.st_dev == found.st_dev && own.st_ino == found.st_ino
  }

  /// Whether it was removed, so that nothing can be written into it any more.
  package var isRemoved: Bool { status.map { $0.st_nlink == 0 } ?? true }

  /// Where it is now, if the system tells.
  package var currentPath: String? {
    guard !isRemoved else { return nil }
    if isAtItsPath { return path }
    #if canImport(Darwin)
      var buffer = [CChar](repeating: 0, count: Int(MAXPATHLEN))
      guard unsafe fcntl(descriptor, F_GETPATH, &buffer) == 0 else { return nil }
      return unsafe String(cString: buffer)
    #else
      var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = unsafe readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
      return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    #endif
  }

  /// Whether there is a plain file of this name in it, or a link that leads to something.
  package func holds(_ name: String) -> Bool {
    var status = stat()
    return unsafe fstatat(descriptor, name, &status, 0) == 0
  }

  /// The names in it, sorted.
  package func names() throws(FileError) -> [String] {
    // A description of its own: the position of a list is shared among copies of a descriptor.
    let copy = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let list = unsafe fdopendir(copy) else {
      throw System.error(path, wanted: "list the folder")
    }
    return try unsafe Files.contents(of: list, path).names
  }

  /// Removes a file or a link in it.
  package func remove(_ name: String) throws(FileError) {
    guard unsafe unlinkat(descriptor, name, 0) == 0 else {
      throw System.error("\(path)/\(name)", wanted: "remove the file")
    }
  }

  /// Gives a file in it a second name, in the place of what had that; both are there at every moment.
  ///
  /// Where a file system knows no second names the first one goes.
  package func keep(_ name: String, as other: String) throws(FileError) {
    let temporary = ".\(other).tmp-" + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
    let isLinked = unsafe linkat(descriptor, name, descriptor, temporary, 0) == 0
    let from = isLinked ? temporary : name
    if unsafe renameat(descriptor, from, descriptor, other) == 0 {
      // Of two names of one file a rename leaves both.
      if isLinked { unsafe unlinkat(descriptor, temporary, 0) }
      return
    }
    let error = System.error("\(path)/\(other)", wanted: "keep \(name) under this name")
    if isLinked { unsafe unlinkat(descriptor, temporary, 0) }
    throw error
  }

  /// What a name in it stands for, a link itself; `nil` for nothing.
  func status(of name: String) -> stat? {
    var status = stat()
    return unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  private var status: stat? {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? status : nil
  }
}
