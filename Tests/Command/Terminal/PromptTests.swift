import DragomanSystem
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanCommand

@Suite struct `Commands of the prompt` {
  private func message(_ line: String) -> String {
    do {
      return "\(try PromptCommand(line))"
    } catch {
      return "\(error)"
    }
  }

  @Test func `are words after a colon`() throws {
    #expect(try PromptCommand(":help") == .help)
    #expect(try PromptCommand(":quit ") == .quit)
    #expect(try PromptCommand(":beam 5") == .beam(5))
    #expect(try PromptCommand(":nbest  3 ") == .nBest(3))
    #expect(try PromptCommand(":attention on") == .attention(true))
    #expect(try PromptCommand(":attention off") == .attention(false))
    #expect(try PromptCommand(":model my runs/a b") == .model("my runs/a b"))
    #expect(try PromptCommand(":b 2") == .beam(2))
  }

  @Test func `are told apart from texts`() {
    #expect(PromptCommand.text("good morning") == "good morning")
    #expect(PromptCommand.text(":help") == nil)
    #expect(PromptCommand.text("::help") == ":help")
  }

  @Test func `that are none say what comes nearest`() {
    #expect(message(":baem 3") == "there is no command ':baem'; did you mean ':beam'?")
    #expect(
      message(":xyzzy")
        == "there is no command ':xyzzy'; :help lists them, and '::' begins a text with a colon")
    #expect(message(":").hasPrefix("there is no command ':'; "))
    #expect(message(":beam").hasSuffix("and was given nothing"))
    #expect(message(":beam x").hasPrefix("':beam' takes a whole number of at least 1 and at most "))
    #expect(message(":nbest 0").hasSuffix("and was given '0'"))
    #expect(message(":attention") == "':attention' takes on or off, and was given nothing")
    #expect(message(":quit now") == "':quit' takes nothing, and was given 'now'")
    #expect(message(":model") == "':model' takes a file or a run, and was given nothing")
  }

  @Test func `are all in the help`() {
    for command in PromptCommand.list {
      #expect(PromptCommand.guide.contains { $0.hasPrefix("  :\(command.name)") })
    }
  }
}

@Suite struct `The history of the prompt` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ variables: [String: String]) -> String? {
    HistoryFile { variables[$0] }?.path
  }

  @Test func `is where such files are`() {
    #expect(file(["HOME": "/h"]) == "/h/.local/state/dragoman/history")
    #expect(file(["HOME": "/h", "XDG_STATE_HOME": "/s"]) == "/s/dragoman/history")
    // The specification wants paths that are not absolute to be passed over.
    #expect(file(["HOME": "/h", "XDG_STATE_HOME": "s"]) == "/h/.local/state/dragoman/history")
    #expect(file(["HOME": "/h", "DRAGOMAN_HISTORY": "off"]) == nil)
    #expect(file([:]) == nil)
  }

  @Test func `can be read by nobody else`() throws {
    let history = HistoryFile(path: folder["state/dragoman/history"])
    #expect(try history.lines() == [])
    try history.append("good morning")
    try history.append(":beam 3")
    #expect(try history.lines() == ["good morning", ":beam 3"])
    let mode = try FileManager.default.attributesOfItem(atPath: history.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func `does not grow without end`() throws {
    let lines = (0...(2 * LineEditor.memory)).map { "line \($0)\n" }.joined()
    let history = HistoryFile(path: try folder.write("history", lines))
    let kept = try history.lines()
    #expect(kept.count == LineEditor.memory && kept.last == "line \(2 * LineEditor.memory)")
    #expect(try Files.read(history.path).count { $0 == 0x0A } == LineEditor.memory)
  }

  @Test func `says why it cannot be kept`() throws {
    let blocked = HistoryFile(path: try folder.write("file", "x") + "/history")
    #expect(folder.message { try blocked.append("a") }.hasPrefix("file: cannot make the folder: "))
  }

  @Test func `comes back with the arrow`() {
    var editor = LineEditor(history: ["earlier"])
    for byte in "\u{1B}[A!".utf8 { _ = editor.feed(byte) }
    #expect(String(editor.text) == "earlier!")
  }
}

#if os(Linux)
  @Suite struct `At the prompt` {
    private let saved: SavedModel

    init() throws { saved = try SavedModel() }

    /// What appears where these lines are typed one after the other.
    private func session(
      _ lines: String..., options: [String] = [], environment: [String: String] = [:]
    ) throws -> String {
      let home = ["XDG_STATE_HOME": saved.folder["state"]]
      return try PseudoTerminal(columns: 100).run(
        ["translate", "--model", saved.path, "--maximum-length", "4", "--mark-below", "0"]
          + options,
        environment: home.merging(environment) { $1 },
        typing: lines.map { $0 + "\r" }.joined() + ":quit\r")
    }

    @Test func `settings hold from the next line on`() throws {
      let found = try session(
        "the cat", ":nbest 3", "the cat", ":attention on", "a", ":beam 1", "b")
      #expect(found.contains(":help lists commands, Ctrl-D ends\n"))
      #expect(found.contains("beam of 3, 3 of each line, attention off\n"))
      #expect(found.contains("beam of 3, 3 of each line, attention on\n"))
      #expect(found.contains("beam of 1, 1 of each line, attention on\n"))
      let greedy = saved.briefly(["translate", "the cat", "--beam", "3", "--n-best", "3"])
      #expect(greedy.code == .success)
      // Numbered lines, the second of the session.
      #expect(found.split(separator: "\n").count { $0.hasPrefix("2\t") } == 3)
      #expect(found.contains("\u{1B}[48;5;"))
    }

    @Test func `a wrong command is told, and nothing ends`() throws {
      let found = try session(":baem 3", ":model /nonexistent", "the cat", ":help")
      #expect(found.contains("there is no command ':baem'; did you mean ':beam'?\n"))
      #expect(found.contains("/nonexistent: cannot find the model: "))
      #expect(found.contains("  :nbest N "))
    }

    @Test func `another model is taken`() throws {
      let other = saved.folder["other.safetensors"]
      try SmallModel.file(seed: 9).write(to: other)
      let found = try session("the cat", ":model \(other)", "the cat")
      let own = saved.run(["translate", "--model", saved.path, "the cat", "--maximum-length=4"])
      let others = saved.run(["translate", "--model", other, "the cat", "--maximum-length=4"])
      #expect(own.results != others.results)
      #expect(found.contains("\n" + own.results) && found.contains("\n" + others.results))
    }

    @Test func `lines are kept unless somebody does not want it`() throws {
      let path = saved.folder["state/dragoman/history"]
      _ = try session("a b", options: ["--no-history"])
      _ = try session("a b", environment: ["DRAGOMAN_HISTORY": "off"])
      #expect(!Files.exists(path))
      _ = try session("the cat", "the cat", "a b")
      #expect(String(decoding: try Files.read(path), as: UTF8.self) == "the cat\na b\n:quit\n")
    }
  }
#endif
