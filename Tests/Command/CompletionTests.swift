import DragomanFormats
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `Completions` {
  private func script(_ shell: Shell) -> String {
    shell.script(Program.commands, topics: HelpCommand.topics)
  }

  @Test(arguments: Shell.allCases) func `are what was recorded`(_ shell: Shell) throws {
    let recorder = Recorder()
    #expect(recorder.run("completions", shell.rawValue) == .success)
    #expect(recorder.results == script(shell))
    try expectSnapshot(recorder.results, "completions.\(shell.rawValue)")
  }

  @Test func `are for three shells`() {
    let recorder = Recorder()
    #expect(recorder.run("completions", "tcsh") == .usage)
    #expect(
      recorder.notes.contains("SHELL is 'tcsh'; it must be one of bash, zsh, fish"))
  }

  @Test(arguments: Shell.allCases) func `know every option of every command`(_ shell: Shell) {
    let script = script(shell)
    for command in Program.commands {
      #expect(script.contains(command.name))
      for option in command.allOptions {
        #expect(script.contains(shell == .fish ? "-l \(option.name)" : "--\(option.name)"))
      }
    }
  }

  /// Runs a script in bash; `nil` where there is none.
  private func bash(_ text: String, in folder: String? = nil) throws -> (Int32, [String])? {
    guard
      let path = ["/bin/bash", "/usr/bin/bash"].first(where: FileManager.default.isExecutableFile)
    else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["--norc", "-c", text]
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    try output.fileHandleForWriting.close()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    return (process.terminationStatus, lines)
  }

  /// What bash offers for the last of these words.
  private func candidates(_ words: String...) throws -> [String]? {
    let line = (["dragoman"] + words).map(ShellWord.inQuotes).joined(separator: " ")
    return try bash(
      """
      \(script(.bash))
      COMP_WORDS=(\(line)); COMP_CWORD=\(words.count)
      _dragoman
      printf '%s\\n' "${COMPREPLY[@]}"
      """, in: testsFolder.path())?.1
  }

  @Test func `are a script that bash understands`() throws {
    guard let result = try bash("bash -n <(printf '%s' \(ShellWord.inQuotes(script(.bash))))")
    else {
      return
    }
    #expect(result.0 == 0)
  }

  @Test func `complete commands and topics in bash`() throws {
    guard let commands = try candidates("") else { return }
    #expect(commands == Program.commands.map(\.name) + ["help", "--help", "--version"])
    #expect(try candidates("tra") == ["train", "translate"])
    #expect(try candidates("help", "con") == ["configuration"])
    #expect(try candidates("xyz") == [])
  }

  @Test func `complete options in bash`() throws {
    guard let options = try candidates("train", "--re") else { return }
    #expect(options == ["--resume", "--restart"])
    #expect(try candidates("schema", "") == ["--markdown", "--command", "--help"])
    #expect(try candidates("translate", "--", "--re") == [])
  }

  @Test func `complete values in bash`() throws {
    guard let shells = try candidates("completions", "") else { return }
    #expect(shells == ["bash", "zsh", "fish"])
    #expect(try candidates("evaluate", "--tokenize", "1") == ["13a"])
    #expect(try candidates("evaluate", "--tokenize", "=") == ["13a", "intl", "char", "none"])
    #expect(try candidates("evaluate", "--tokenize", "=", "int") == ["intl"])
    #expect(try candidates("evaluate", "--metrics", "bleu,chrf") == ["bleu,chrf", "bleu,chrf++"])
    #expect(
      try candidates("train", "--set", "model.attention.s")
        == ["model.attention.score=", "model.attention.size="])
    #expect(try candidates("translate", "--set", "model") == [])
    #expect(try candidates("train", "--set", "training.seed", "=", "") == [])
    let ties = ["none", "output", "languages", "all"]
    #expect(try candidates("train", "--set", "model.tied", "=") == ties)
    #expect(try candidates("train", "--set", "model.tied", "=", "o") == ["output"])
    #expect(try candidates("train", "--set", "=", "model.tied", "=", "a") == ["all"])
    // Where the equals sign does not part words.
    #expect(try candidates("train", "--set", "model.tied=l") == ["model.tied=languages"])
    #expect(try candidates("translate", "--set", "decoding.search", "=", "s") == ["sampling"])
    #expect(try candidates("check", "--set", "tokenizer.shared", "=") == ["true", "false"])
    #expect(try candidates("train", "--threads", "") == [])
    #expect(try candidates("translate", "TranslateT") == ["TranslateTests.swift"])
  }

  @Test func `complete files and folders in bash`() throws {
    guard let files = try candidates("inspect", "CompletionT") else { return }
    #expect(files == ["CompletionTests.swift"])
    #expect(try candidates("train", "--config", "Completion") == ["CompletionTests.swift"])
    #expect(try candidates("train", "--runs", "S") == ["Snapshots"])
  }
}

@Suite struct `The manual page` {
  @Test func `is what was recorded`() throws {
    let recorder = Recorder()
    #expect(recorder.run("manual") == .success)
    try expectSnapshot(recorder.results, "manual.1")
  }

  @Test func `is plain ASCII and has no line that roff would take for a request`() {
    let page = ManualPage(
      commands: [
        CommandDefinition(
          "x", ".hidden 'file' – with a \\ in it", discussion: "Example:\n  .cell\n\nMore.",
          run: { _, _ in .success })
      ], version: "1"
    ).text
    #expect(page.utf8.allSatisfy { $0 < 128 })
    #expect(page.contains("\n\\&.hidden \\(aqfile\\(aq \\[u2013] with a \\e in it\n"))
    #expect(page.contains("Example:\n.RS 4\n.nf\n\\&.cell\n.fi\n.RE\n.PP\nMore.\n"))
  }

  @Test func `tells of every option`() {
    let page = ManualPage(commands: Program.commands, version: "1").text
    for command in Program.commands {
      for option in command.options {
        #expect(page.contains(option.name.split(separator: "-").joined(separator: "\\-")))
      }
    }
  }
}
