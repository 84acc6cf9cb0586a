import Foundation

@testable import DragomanCommand

/// The program as a process, in a folder of its own.
struct ProgramProcess {
  /// What a process ended with and wrote.
  typealias Outcome = (code: Int32, bytes: [UInt8], results: String, notes: String)

  private let folder: String

  /// The program in a folder.
  init(in folder: String) {
    self.folder = folder
  }

  /// Runs it with some input.
  func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.executableURL = `The executable`.program
    process.currentDirectoryURL = URL(filePath: folder)
    process.arguments = arguments
    let (source, results, notes) = (Pipe(), Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = results
    process.standardError = notes
    try process.run()
    try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    for pipe in [source, results, notes] { try pipe.fileHandleForWriting.close() }
    let bytes = results.fileHandleForReading.readDataToEndOfFile()
    let messages = notes.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, Array(bytes), String(decoding: bytes, as: UTF8.self),
      String(decoding: messages, as: UTF8.self)
    )
  }
}
