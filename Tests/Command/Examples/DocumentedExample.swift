import Foundation

@testable import DragomanCommand

/// A command that README, a page of docs/ or a help text gives as an example.
struct DocumentedExample {
  /// Where it stands.
  let place: String
  /// What a shell is told.
  let command: String

  /// All examples, each command once.
  static func all() throws -> [DocumentedExample] {
    var known: Set<String> = []
    return (try inPages() + inHelp()).filter { known.insert($0.command).inserted }
  }

  /// Pages whose examples take hours, other people's corpora or other people's programs.
  private static let others = ["docs/quality.md", "docs/benchmarks.md"]

  private static func inPages() throws -> [DocumentedExample] {
    let root = testsFolder.appending(path: "../..")
    let docs = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "docs").path)
    let pages = ["README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    return try pages.filter { !others.contains($0) }.flatMap { page in
      // A line that ends in a backslash goes on; what follows keeps its number.
      let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
        .replacing(/\\\n +(.*)\n/) { "\($0.output.1)\n\n" }
      return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .filter { $1.hasPrefix("    ") }
        .compactMap { number, line in
          Self(place: "\(page):\(number + 1)", line: line)
        }
    }
  }

  private static func inHelp() -> [DocumentedExample] {
    Program.commands.flatMap { command in
      HelpText.command(command).split(separator: "\n").filter { $0.hasPrefix("  ") }
        .compactMap { Self(place: "dragoman help \(command.name)", line: $0) }
    }
  }

  /// The command on a line; `nil` if it does not begin with the program or lead to it.
  private init?(place: String, line: Substring) {
    var text = line.trimmingCharacters(in: .whitespaces)
    if text.hasPrefix("$ ") { text.removeFirst(2) }
    text = text.replacing(".build/release/dragoman", with: "dragoman")
    let names = Program.commands.map(\.name) + ["help"]
    let isCommand = names.contains { name in
      text == "dragoman \(name)" || text.hasPrefix("dragoman \(name) ")
        || text.contains("| dragoman \(name) ") || text.contains("$(dragoman \(name) ")
    }
    guard isCommand, !text.contains("CONFIG"), !text.contains("[options]") else { return nil }
    (self.place, command) = (place, text)
  }
}
