#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files and folders by their paths, without Foundation.
public enum Files {
  /// Whether there is something at the path.
  public static func exists(_ path: String) -> Bool { System.status(path) != nil }

  /// Whether there is a folder at the path.
  public static func isDirectory(_ path: String) -> Bool {
    System.status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// Bytes of a file.
  public static func size(_ path: String) throws(FormatError) -> Int {
    guard let status = System.status(path) else { throw missing(path, wanted: "look at the file") }
    return Int(status.st_size)
  }

  /// When a file was changed, in seconds since 1970; `nil` if there is none.
  public static func modificationTime(_ path: String) -> Double? {
    #if canImport(Darwin)
      System.status(path).map {
        Double($0.st_mtimespec.tv_sec) + Double($0.st_mtimespec.tv_nsec) / 1e9
      }
    #else
      System.status(path).map { Double($0.st_mtim.tv_sec) + Double($0.st_mtim.tv_nsec) / 1e9 }
    #endif
  }

  /// All bytes of a file.
  public static func read(_ path: String) throws(FormatError) -> [UInt8] {
    let file = try InputFile(path)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.size)
    while true {
      let part = try file.read(1 << 20)
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  /// Adds text to the end of a file, which is made if need be.
  public static func append(_ text: String, to path: String) throws(FormatError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw missing(path, wanted: "write to the file") }
    defer { close(descriptor) }
    try OutputDescriptor(descriptor: descriptor, path: path).write(Array(text.utf8))
  }

  /// Removes a file.
  public static func remove(_ path: String) throws(FormatError) {
    guard unsafe unlink(path) == 0 else { throw missing(path, wanted: "remove the file") }
  }

  /// Makes a folder and those it lies in.
  public static func createDirectories(_ path: String) throws(FormatError) {
    guard !path.isEmpty, !isDirectory(path) else { return }
    let parent = directory(of: path)
    if parent != path, parent != "." { try createDirectories(parent) }
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST && isDirectory(path) else {
      throw .system(file: path, wanted: "make the folder", reason: System.reason, nearest: nil)
    }
  }

  /// The names in a folder, sorted.
  public static func list(_ path: String) throws(FormatError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw missing(path, wanted: "list the folder") }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The folder a path lies in; `.` if it names none.
  public static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// A file's name before its ending, and the ending with its dot.
  private static func split(_ name: String) -> (stem: String, ending: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  /// The error of a path that cannot be used, with the nearest name in its folder if the file is missing.
  static func missing(_ path: String, wanted: String) -> FormatError {
    let (code, reason) = (errno, System.reason)
    var nearest: String?
    if code == ENOENT {
      let folder = directory(of: path)
      // Of files with the same ending, the name before it has to be near.
      let (stem, ending) = split(name(of: path))
      let names = ((try? list(folder)) ?? []).filter { split($0).ending == ending }
      nearest = Suggestion.nearest(to: stem, among: names.map { split($0).stem }).map {
        (folder == "." ? "" : "\(folder)/") + $0 + ending
      }
    }
    return .system(file: path, wanted: wanted, reason: reason, nearest: nearest)
  }
}

/// A file open for reading.
public final class InputFile: Sendable {
  /// Its path, for messages.
  public let path: String
  /// Its bytes when it was opened; 0 for what is no plain file.
  public let size: Int
  private let descriptor: Int32

  /// Opens a file.
  public init(_ path: String) throws(FormatError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Files.missing(path, wanted: "open the file") }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw Files.missing(path, wanted: "look at the file")
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw .system(
        file: path, wanted: "read it", reason: "it is a folder and not a file", nearest: nil)
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// The next bytes, at most `count`; none at the end.
  public func read(_ count: Int) throws(FormatError) -> [UInt8] {
    unsafe try bytes(count) { unsafe fetch(descriptor, $0, $1) }
  }

  /// The bytes from `offset` on, at most `count`.
  public func read(_ count: Int, at offset: Int) throws(FormatError) -> [UInt8] {
    unsafe try bytes(count) { unsafe pread(descriptor, $0, $1, off_t(offset)) }
  }

  private func bytes(
    _ count: Int, _ call: (UnsafeMutableRawPointer?, Int) -> Int
  ) throws(FormatError) -> [UInt8] {
    var failed = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      let result = System.retrying {
        unsafe call(UnsafeMutableRawPointer(buffer.baseAddress), min(count, System.largestTransfer))
      }
      failed = result < 0
      used = max(result, 0)
    }
    guard !failed else {
      throw .system(file: path, wanted: "read the file", reason: System.reason, nearest: nil)
    }
    return bytes
  }
}

/// `read`, whose name a method hides.
private func fetch(_ descriptor: Int32, _ to: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, to, count)
}

/// A descriptor that is written to.
struct OutputDescriptor {
  let descriptor: Int32
  let path: String

  /// Writes all bytes, however many calls it takes.
  func write(_ bytes: [UInt8]) throws(FormatError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        System.retrying {
          unsafe put(
            descriptor, buffer.baseAddress.map { unsafe $0 + written },
            min(bytes.count - written, System.largestTransfer))
        }
      }
      guard count >= 0 else {
        throw .system(
          file: path, wanted: "write the file", reason: System.reason, nearest: nil)
      }
      written += count
    }
  }
}

/// `write`, whose name a method hides.
private func put(_ descriptor: Int32, _ from: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, from, count)
}
