import Testing

@testable import DragomanCommand

@Suite struct `Help` {
  @Test func `of the program`() throws {
    let recorder = Recorder()
    #expect(recorder.run("--help") == .success)
    #expect(recorder.notes.isEmpty)
    try expectSnapshot(recorder.results, "help.txt")
  }

  @Test func `is the same however it is asked for`() {
    let help = Recorder.session([["--help"]]).drop { $0 != "\n" }
    for words in [["help"], ["-h"]] {
      #expect(Recorder.session([words]).drop { $0 != "\n" } == help)
    }
  }

  @Test func `goes to standard error when nothing was asked`() {
    let recorder = Recorder()
    #expect(recorder.run() == .usage)
    #expect(recorder.results.isEmpty && recorder.notes == HelpText.program(Program.commands))
  }

  @Test(arguments: Program.commands.map(\.name)) func `of each command`(_ name: String) throws {
    let recorder = Recorder()
    #expect(recorder.run("help", name) == .success)
    #expect(recorder.notes.isEmpty)
    try expectSnapshot(recorder.results, "help-\(name).txt")
  }

  @Test(arguments: Program.commands.map(\.name)) func `excuses everything else`(_ name: String) {
    let (help, flag) = (Recorder(), Recorder())
    _ = help.run("help", name)
    #expect(flag.run(name, "--help") == .success)
    #expect(flag.results == help.results && flag.notes.isEmpty)
  }

  @Test(arguments: Program.commands.map(\.name)) func `has examples that can be typed`(
    _ name: String
  ) throws {
    let command = try Program.command(name)
    let examples = command.discussion.split(separator: "\n").filter { $0.hasPrefix("  ") }
    #expect(examples.contains { $0.contains("dragoman \(name)") })
    for example in examples where example.hasPrefix("  dragoman \(name)") {
      // Up to a pipe or a redirection.
      let words = example.prefix { !"|<>\"".contains($0) }.split(separator: " ").dropFirst(2)
        .prefix { $0 != "#" }.map(String.init)
      switch problem(words, command) {
      // It stood after what was cut off.
      case nil, .missingOperand, .missingValue: break
      case let problem?: Issue.record("\(example): \(problem)")
      }
    }
  }

  private func problem(_ words: [String], _ command: CommandDefinition) -> UsageError? {
    do {
      _ = try ParsedArguments(words, for: command)
      return nil
    } catch {
      return error
    }
  }

  @Test func `keeps to the width of a terminal`() {
    for text in [HelpText.program(Program.commands)] + Program.commands.map(HelpText.command) {
      for line in text.split(separator: "\n") { #expect(line.count <= HelpText.width) }
    }
  }

  @Test func `of the keys of a configuration`() {
    let recorder = Recorder()
    #expect(recorder.run("help", "configuration") == .success)
    #expect(recorder.results.contains("model.attention.score: \"additive\"\n"))
  }

  @Test func `has a version beside it`() {
    let recorder = Recorder()
    #expect(recorder.run("--version") == .success)
    #expect(recorder.results == "dragoman \(Program.version)\n")
  }
}
