import Foundation
import Synchronization
import Testing

@testable import DragomanCommand

/// Runs the program in this process and keeps what it writes.
final class Recorder: Sendable {
  private let output = Mutex("")
  private let messages = Mutex("")

  /// Everything on standard output so far.
  var results: String { output.withLock { $0 } }
  /// Everything on standard error so far.
  var notes: String { messages.withLock { $0 } }

  /// Runs `dragoman` with these arguments.
  func run(_ arguments: String...) -> ExitCode { run(arguments) }

  /// Runs `dragoman` with these arguments.
  func run(
    _ arguments: [String], hasColour: Bool = false, width: Int = 80, isScreen: Bool = false
  ) -> ExitCode {
    let console = Console(
      write: { text in self.output.withLock { $0 += text } },
      note: { text in self.messages.withLock { $0 += text } },
      hasColour: hasColour, isInteractive: false, isTyped: false, width: 80, resultWidth: width,
      isScreen: isScreen)
    return Program.run(arguments, console)
  }

  /// What somebody would see who types these commands, with their exit codes.
  static func session(_ commands: [[String]]) -> String {
    commands.map { arguments in
      let recorder = Recorder()
      let code = recorder.run(arguments)
      let words = arguments.map { $0.contains(" ") || $0.isEmpty ? "'\($0)'" : $0 }
      return "$ dragoman \(words.joined(separator: " "))\n"
        + "\(recorder.results)\(recorder.notes)= \(code.rawValue)\n"
    }.joined(separator: "\n")
  }
}

/// The folder of these tests.
let testsFolder = URL(filePath: #filePath).deletingLastPathComponent()

/// Compares text with the file `name` in Snapshots.
///
/// With DRAGOMAN_RECORD set, files that differ are written anew: look at what changed before you
/// commit it.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = testsFolder.appending(path: "Snapshots/\(name)")
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  if text != expected, ProcessInfo.processInfo.environment["DRAGOMAN_RECORD"] != nil {
    try text.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("\(name) was written anew", sourceLocation: sourceLocation)
    return
  }
  let lines = (found: text.split(separator: "\n"), expected: expected.split(separator: "\n"))
  for (found, expected) in zip(lines.found, lines.expected) where found != expected {
    #expect(found == expected, "\(name)", sourceLocation: sourceLocation)
    return
  }
  #expect(text == expected, "\(name)", sourceLocation: sourceLocation)
}
