#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files and folders by their paths, without Foundation.
package enum Files {
  /// Whether a path leads to something; a link to nothing does not.
  package static func exists(_ path: String) -> Bool { System.status(path) != nil }

  /// Whether two paths lead to one file that is there.
  package static func isSame(_ one: String, _ other: String) -> Bool {
    guard let a = System.status(one), let b = System.status(other) else { return false }
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }

  /// Whether there is a folder at the path.
  package static func isDirectory(_ path: String) -> Bool {
    System.status(path).map { System.isKind($0, S_IFDIR) } ?? false
  }

  /// Whether there is something at the path that is neither a plain file nor a folder: a pipe, a device.
  package static func isStream(_ path: String) -> Bool {
    System.status(path).map { !System.isKind($0, S_IFREG) && !System.isKind($0, S_IFDIR) } ?? false
  }

  /// Bytes of a file.
  package static func size(_ path: String) throws(FileError) -> Int {
    guard let status = System.status(path) else { throw missing(path, wanted: "look at the file") }
    return Int(status.st_size)
  }

  /// When a file was changed, in seconds since 1970; `nil` if there is none.
  package static func modificationTime(_ path: String) -> Double? {
    guard let status = System.status(path) else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// All bytes of a file, of which there may be as many as ``Limits`` say.
  package static func read(
    _ path: String, in folder: OpenFolder? = nil, atMost limit: Int = Limits.current.fileBytes
  ) throws(FileError) -> [UInt8] {
    let file = try InputFile(path, in: folder)
    func refusal() -> FileError {
      FileError(
        file: path, wanted: "read it", reason: "it has more than \(limit) bytes",
        remedy: "If it is meant, raise the limit: DRAGOMAN_FILE_BYTES=BYTES in the environment.")
    }
    guard file.size <= limit else { throw refusal() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.size)
    while true {
      let part = try file.read(1 << 20)
      if part.isEmpty { return bytes }
      guard bytes.count + part.count <= limit else { throw refusal() }
      bytes += part
    }
  }

  /// Adds text to the end of a file, which is made if need be.
  package static func append(
    _ text: String, to path: String, in folder: OpenFolder? = nil
  ) throws(FileError) {
    try append(Array(text.utf8), to: path, in: folder)
  }

  /// Adds bytes to the end of a file, which is made if need be; of an open folder to a plain file in it, never through
  /// a link.
  package static func append(
    _ bytes: [UInt8], to path: String, in folder: OpenFolder? = nil
  ) throws(FileError) {
    let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
    guard let folder else {
      return try append(bytes, by: unsafe open(path, flags, 0o644), path)
    }
    // A pipe would be waited for otherwise.
    let descriptor = unsafe openat(
      folder.descriptor, name(of: path), flags | O_NOFOLLOW | O_NONBLOCK, 0o644)
    if descriptor >= 0 {
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0, System.isKind(status, S_IFREG) else {
        close(descriptor)
        throw FileError(
          file: path, wanted: "write to the file", reason: "it is not a plain file")
      }
    } else if errno == ELOOP {
      throw FileError(
        file: path, wanted: "write to the file", reason: "a link stands in its place")
    }
    try append(bytes, by: descriptor, path)
  }

  private static func append(
    _ bytes: [UInt8], by descriptor: Int32, _ path: String
  ) throws(FileError) {
    guard descriptor >= 0 else { throw missing(path, wanted: "write to the file") }
    defer { close(descriptor) }
    unsafe try OutputDescriptor(descriptor: descriptor, path: path).write(bytes.span.bytes)
  }

  /// Removes a file, a link or an empty folder.
  package static func remove(_ path: String) throws(FileError) {
    let isFolder = System.linkStatus(path).map { System.isKind($0, S_IFDIR) } ?? false
    guard unsafe (isFolder ? rmdir(path) : unlink(path)) == 0 else {
      throw missing(path, wanted: isFolder ? "remove the folder" : "remove the file")
    }
  }

  /// Makes a folder and those it lies in.
  package static func createDirectories(_ path: String) throws(FileError) {
    guard !path.isEmpty, !isDirectory(path) else { return }
    let parent = directory(of: path)
    if parent != path, parent != "." { try createDirectories(parent) }
    // Another process may make it at the same time.
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST && isDirectory(path) else {
      throw System.error(path, wanted: "make the folder")
    }
  }

  /// The names in a folder, sorted; `.` and `..` are left out, and so are names that are not UTF-8, which cannot be
  /// opened here.
  package static func list(_ path: String) throws(FileError) -> [String] {
    try contents(path).names
  }

  /// The names in a folder as ``list(_:)`` has them; one that is not UTF-8 is an error, since nothing is to be missed.
  package static func listAll(_ path: String) throws(FileError) -> [String] {
    let found = try contents(path)
    guard let name = found.unreadable.first else { return found.names }
    throw FileError(
      file: "\(path)/\(name)", wanted: "read the name", reason: "it is not valid UTF-8",
      remedy: "Rename it.")
  }

  /// What is in a folder: names, and what is left of those that are not UTF-8, both sorted.
  package static func contents(
    _ path: String
  ) throws(FileError) -> (names: [String], unreadable: [String]) {
    guard let folder = unsafe opendir(path) else { throw missing(path, wanted: "list the folder") }
    return try unsafe contents(of: folder, path)
  }

  #if canImport(Darwin)
    typealias FolderList = UnsafeMutablePointer<DIR>
  #else
    typealias FolderList = OpaquePointer
  #endif

  /// What is in a folder that is listed, and the end of that.
  static func contents(
    of folder: FolderList, _ path: String
  ) throws(FileError) -> (names: [String], unreadable: [String]) {
    defer { unsafe closedir(folder) }
    var (names, unreadable): ([String], [String]) = ([], [])
    while true {
      // The end and an error look the same but for this.
      errno = 0
      guard let entry = unsafe readdir(folder) else { break }
      let name = unsafe System.name(of: entry)
      guard name.text != ".", name.text != ".." else { continue }
      if name.isUTF8 { names.append(name.text) } else { unreadable.append(name.text) }
    }
    guard errno == 0 else { throw System.error(path, wanted: "list the folder") }
    return (names.sorted(), unreadable.sorted())
  }

  /// The folder a path lies in; `.` if it names none.
  package static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// A path as pages show it, which others may see: of one from the root the last two parts, of another all of it.
  package static func brief(_ path: String) -> String {
    guard path.utf8.first == UInt8(ascii: "/") else { return path }
    let parts = path.split(separator: "/").suffix(2)
    return "…/" + parts.joined(separator: "/")
  }

  /// A file's name before its ending, and the ending with its dot.
  private static func split(_ name: String) -> (stem: String, ending: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  /// The last error, with the path that may have been meant if something is missing.
  static func missing(_ path: String, wanted: String) -> FileError {
    let code = errno
    guard code == ENOENT else { return System.error(path, wanted: wanted) }
    let reason = System.reason
    // The outermost thing that is missing: the file, or a folder it should lie in.
    var absent = path
    while directory(of: absent) != ".", directory(of: absent) != "/",
      !exists(directory(of: absent))
    {
      absent = directory(of: absent)
    }
    let folder = directory(of: absent)
    // Of files with the same ending, the name before it has to be near.
    let (stem, ending) = split(name(of: absent))
    let names = ((try? list(folder)) ?? []).filter { split($0).ending == ending }
    let meant = Suggestion.nearest(to: stem, among: names.map { split($0).stem }).map {
      (folder == "." ? "" : folder == "/" ? "/" : "\(folder)/") + $0 + ending
    }
    var remedy = absent == path ? [] : ["There is no folder '\(absent)'."]
    if let meant { remedy.append("Did you mean '\(meant)'?") }
    return FileError(
      file: path, wanted: wanted, reason: reason,
      remedy: remedy.isEmpty ? nil : remedy.joined(separator: " "))
  }
}
