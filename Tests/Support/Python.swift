import Foundation

/// Python, which not every machine has; `DRAGOMAN_PYTHON` names another one than `python3`.
package enum Python {
  private static let program =
    ProcessInfo.processInfo.environment["DRAGOMAN_PYTHON"] ?? "python3"

  /// Whether it is there and can run this.
  package static func runs(_ statement: String) -> Bool {
    (try? run(["-c", statement]).code) == 0
  }

  /// Runs it and gives what it wrote to standard output.
  package static func run(
    _ arguments: [String], _ input: String = ""
  ) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program, "-B"] + arguments
    let (given, found) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (given, found)
    process.standardError = FileHandle.nullDevice
    try process.run()
    given.fileHandleForWriting.write(Data(input.utf8))
    try given.fileHandleForWriting.close()
    let output = String(decoding: found.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
