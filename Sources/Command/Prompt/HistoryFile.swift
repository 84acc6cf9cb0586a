import DragomanSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The lines that were typed at a prompt, kept in a file that nobody else can read.
///
/// The file is `dragoman/history` in `$XDG_STATE_HOME`, or in `~/.local/state` (XDG Base Directory Specification 0.8),
/// with the mode 0600. It grows by a line at a time, so that several prompts can share it, and is cut to the last
/// ``LineEditor/memory`` lines once it has twice as many.
struct HistoryFile {
  /// Where it is.
  let path: String

  /// The file at a path.
  init(path: String) {
    self.path = path
  }

  /// The file of whoever runs the program; `nil` if `DRAGOMAN_HISTORY` is `off`, or if there is no home.
  init?(environment variable: (String) -> String?) {
    guard variable("DRAGOMAN_HISTORY") != "off" else { return nil }
    let state = variable("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = state ?? variable("HOME").map({ "\($0)/.local/state" }) else { return nil }
    path = "\(folder)/dragoman/history"
  }

  /// The last lines, the earliest first; none if there is no file yet.
  func lines() throws -> [String] {
    guard Files.exists(path) else { return [] }
    let lines = String(decoding: try Files.read(path), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    guard lines.count > 2 * LineEditor.memory else { return lines.suffix(LineEditor.memory) }
    let last = Array(lines.suffix(LineEditor.memory))
    try write(last, flags: O_TRUNC)
    return last
  }

  /// Adds a line at the end.
  func append(_ line: String) throws {
    try Files.createDirectories(Files.directory(of: path))
    try write([line], flags: O_APPEND)
  }

  private func write(_ lines: [String], flags: Int32) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o600)
    guard descriptor >= 0 else { throw failure("open the file") }
    defer { close(descriptor) }
    // A file that was there before may have been made by hand.
    guard fchmod(descriptor, 0o600) == 0 else { throw failure("keep the file from others") }
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    let written = unsafe bytes.withUnsafeBytes { bytes in
      #if canImport(Glibc)
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      #elseif canImport(Musl)
        unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
      #else
        unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
      #endif
    }
    guard written == bytes.count else { throw failure("write to the file") }
  }

  private func failure(_ wanted: String) -> FileError {
    FileError(file: path, wanted: wanted, reason: unsafe String(cString: strerror(errno)))
  }
}
