#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock on a file or a folder that one holder has at a time; it ends with the object, or with the process.
///
/// It keeps out those who ask for it, and nobody else.
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// The lock on what is at `path`; `nil` if somebody else holds it.
  ///
  /// A file system without locks, as some network ones are, grants it to everybody.
  package init?(_ path: String) throws(FileError) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Files.missing(path, wanted: "lock it") }
    let isBusy = flock(opened, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    if isBusy {
      // Not yet a property: the end of the object would close what may be another file by then.
      close(opened)
      return nil
    }
    descriptor = opened
  }

  deinit {
    close(descriptor)
  }
}
