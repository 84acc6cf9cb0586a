import Foundation
import Testing

@testable import DragomanCommand

/// The program as a process of its own: what only the operating system can tell.
@Suite struct `The executable` {
  /// The program that was built beside these tests.
  static let program = URL(filePath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "dragoman")

  /// Runs the program and gives its exit code and what it wrote to its two streams.
  func run(
    _ arguments: [String], output: FileHandle? = nil, environment: [String: String] = [:]
  ) throws -> (code: Int32, results: String, notes: String) {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.executableURL = Self.program
    process.arguments = arguments
    let (results, notes) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output ?? results
    process.standardError = notes
    try process.run()
    try results.fileHandleForWriting.close()
    let text = results.fileHandleForReading.readDataToEndOfFile()
    let messages = notes.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: text, as: UTF8.self),
      String(decoding: messages, as: UTF8.self)
    )
  }

  @Test func `writes results to one stream, messages to the other, and exits with 0, 1 or 2`()
    throws
  {
    let good = try run(["--version"])
    #expect(good.code == 0 && good.results.hasPrefix("dragoman ") && good.notes.isEmpty)
    let failed = try run(["train", "--config", "/nonexistent.json"])
    #expect(
      failed.code == 1 && failed.results.isEmpty && failed.notes.contains("/nonexistent.json"))
    let misused = try run(["train", "--konfig"])
    #expect(misused.code == 2 && misused.results.isEmpty && !misused.notes.isEmpty)
  }

  @Test func `fails when its results cannot be written`() throws {
    guard let full = FileHandle(forWritingAtPath: "/dev/full") else { return }
    let result = try run(["--help"], output: full)
    #expect(result.code == 1 && result.notes.hasPrefix("standard output: "))
  }

  @Test func `fails as a doctor who finds something`() throws {
    let sick = try run(["doctor", "--json"], environment: ["TMPDIR": "/nonexistent"])
    #expect(sick.code == 1 && sick.results.contains(#""isWell":false"#))
    let well = try run(["doctor"], environment: ["NO_COLOR": "1"])
    #expect(well.code == 0 && well.results.contains("NO_COLOR is set"))
  }

  @Test func `writes plain text when nobody looks at it`() throws {
    #expect(try !run(["--help"]).results.contains("\u{1B}"))
  }
}
