import DragomanFormats
import DragomanFuzzEntry
import DragomanTestSupport
import Glibc

@testable import DragomanCommand

/// Arguments of the program, one a line.
enum ArgumentsInput {
  private static let scratch = Scratch("arguments")
  private static let model: [UInt8] = {
    let path = scratch.path + "/template"
    do {
      try SmallModel.file().write(to: path)
      guard chdir(scratch.path) == 0 else { fatalError("cannot go to \(scratch.path)") }
      // Nobody types anything.
      guard dup2(open("/dev/null", O_RDONLY), STDIN_FILENO) == STDIN_FILENO else {
        fatalError("no standard input")
      }
      return try GzipReader.readFile(path)
    } catch { fatalError("a template: \(error)") }
  }()

  /// What takes long, or does something to the machine when it is asked to.
  private static let unwanted: Set<String> = ["train", "new", "benchmark", "doctor"]

  static func run(_ bytes: [UInt8]) {
    let arguments = bytes.split(separator: 0x0A).map { Array($0).text }
    _ = RawArguments.problem(in: bytes.split(separator: 0x0A).map { Array($0) })
    for text in arguments { _ = ConfigurationOverride(text) }
    Promise.attempt {
      if let name = arguments.first, !name.hasPrefix("-") {
        let command = try Program.command(name)
        let parsed = try ParsedArguments(arguments.dropFirst(), for: command)
        _ = try command.options.map { try parsed.overrides($0) }
      }
    }
    // What runs stays in its folder, and does not make a beam or threads without end.
    guard
      !arguments.contains(where: { $0.contains("/") || $0.contains("..") || unwanted.contains($0) }
      ),
      !arguments.contains(where: { $0.contains("thread") || $0.contains("000") })
    else { return }
    let model = model
    scratch.clear()
    scratch.write("model.safetensors", model)
    scratch.write("pairs.tsv", Array("a b\tb a\nthe cat\tcat the\n".utf8))
    scratch.write(
      "config.json", Array(#"{"data": {"train": ["pairs.tsv"], "validation": ["pairs.tsv"]}}"#.utf8)
    )
    _ = Program.run(arguments, .checking)
  }

  /// Keys that are pressed at the prompt.
  static func keys(_ bytes: [UInt8]) {
    var editor = LineEditor(history: ["the cat", "a\u{301}b 日本"])
    for byte in bytes {
      _ = editor.feed(byte)
      _ = LineView(prompt: "dragoman> ", width: 20).drawing(editor)
    }
    Promise.attempt { _ = try PromptCommand(bytes.text) }
  }
}
