#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Ends the run.
func quit(_ status: Int32) -> Never {
  exit(status)
}

/// Writes a line to standard error.
func standardError(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = write(2, bytes, bytes.count)
}

/// Creates a folder unless it is there.
func createFolder(_ path: String) {
  mkdir(path, 0o755)
}

/// Writes a file of lines.
func writeLines(_ lines: [String], to path: String) {
  guard let file = fopen(path, "wb") else { fail("\(path): cannot be written") }
  let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
  let written = fwrite(bytes, 1, bytes.count, file)
  if fclose(file) != 0 || written != bytes.count { fail("\(path): cannot be written") }
}

/// Writes a file of bytes.
func writeBytes(_ bytes: [UInt8], to path: String) {
  guard let file = fopen(path, "wb") else { fail("\(path): cannot be written") }
  let written = fwrite(bytes, 1, bytes.count, file)
  if fclose(file) != 0 || written != bytes.count { fail("\(path): cannot be written") }
}

/// The bytes of a file; nil where it cannot be read.
func readBytes(_ path: String) -> [UInt8]? {
  guard let file = fopen(path, "rb") else { return nil }
  defer { fclose(file) }
  var (bytes, chunk): ([UInt8], [UInt8]) = ([], Array(repeating: 0, count: 1 << 16))
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}

/// Reads a file of lines; nil where it cannot be read, is not UTF-8 or lacks the last line end.
func readLines(_ path: String) -> [String]? {
  guard let bytes = readBytes(path) else { return nil }
  guard bytes.last == 10, let text = String(validating: bytes.dropLast(), as: UTF8.self) else {
    return nil
  }
  return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
