#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The calls of the operating system that files need, with their errors in words.
enum System {
  /// The words of the last error of this thread.
  static var reason: String {
    let code = errno
    return unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }

  /// What to do about an error, where that is plain.
  static func remedy(_ code: Int32) -> String? {
    switch code {
    case ENOSPC: "Free some space and try again."
    case EDQUOT: "Your quota is used up; free some space and try again."
    case EFBIG: "Raise the limit on file sizes ('ulimit -f') or write to another file system."
    case EROFS: "Choose a folder that can be written to."
    case EMFILE, ENFILE: "Raise the limit on open files ('ulimit -n')."
    default: nil
    }
  }

  /// The last error of this thread, on a file.
  static func error(_ path: String, wanted: String) -> FileError {
    let code = errno
    return FileError(file: path, wanted: wanted, reason: reason, remedy: remedy(code))
  }

  /// Calls again as long as a signal interrupts.
  static func retrying(_ call: () -> Int) -> Int {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// The most bytes that one call reads or writes; Linux stops a little below 2 GiB.
  static let largestTransfer = 1 << 30

  /// Status of what a path leads to, through links, if there is something.
  static func status(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }

  /// Status of what is at a path, the link itself if it is one.
  static func linkStatus(_ path: String) -> stat? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status : nil
  }

  /// The name in an entry of a folder, and whether it is UTF-8; of one that is not, signs stand for its wrong bytes.
  ///
  /// An entry takes up no more memory than its name needs, less than the type says, so that it must be read in its
  /// place: a copy would read beyond it.
  static func name(of entry: UnsafeMutablePointer<dirent>) -> (text: String, isUTF8: Bool) {
    guard let start = MemoryLayout<dirent>.offset(of: \.d_name) else {
      preconditionFailure("d_name has no place of its own")
    }
    let name = unsafe (UnsafeRawPointer(entry) + start).assumingMemoryBound(to: CChar.self)
    if let text = unsafe String(validatingCString: name) { return (text, true) }
    return (unsafe String(cString: name), false)
  }

  /// Whether a status is of a kind such as `S_IFREG` for plain files.
  static func isKind(_ status: stat, _ kind: mode_t) -> Bool { status.st_mode & S_IFMT == kind }
}
