import DragomanDecoding
import DragomanFormats
import DragomanSystem

/// What can be typed at the prompt instead of a text: a word after a colon.
enum PromptCommand: Equatable {
  case help
  case quit
  case beam(Int)
  case nBest(Int)
  case attention(Bool)
  case model(String)

  /// Names, arguments and help of all commands, in the order of the help.
  static let list: [(name: String, argument: String?, help: String)] = [
    ("help", nil, "Show this list."),
    ("quit", nil, "Leave, as Ctrl-D does."),
    ("beam", "N", "Follow N hypotheses side by side; 1 is greedy search."),
    ("nbest", "N", "Give N translations of each line; the beam is at least as wide."),
    (
      "attention", "on|off",
      "Draw how much each token looked at each token of the source, or do not."
    ),
    (
      "model", "MODEL",
      "Use another model: a file, the folder of a run, or the name of a run in runs/."
    ),
  ]

  /// The lines of the help.
  static var guide: [String] {
    let rows = list.map {
      (":" + ([$0.name, $0.argument].compactMap(\.self).joined(separator: " ")), $0.help)
    }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { row in
      "  " + row.0 + String(repeating: " ", count: width + 2 - row.0.count) + row.1
    } + ["A text that begins with a colon has another one before it."]
  }

  /// The text that a line asks to be translated; `nil` if the line is a command.
  static func text(_ line: String) -> String? {
    if line.hasPrefix("::") { return String(line.dropFirst()) }
    return line.hasPrefix(":") ? nil : line
  }

  /// Reads a line that begins with a colon; names may be cut short as long as one fits.
  init(_ line: String) throws(PromptError) {
    let words = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.dropFirst().first?.trimmed ?? ""
    let found = Self.list.filter { $0.name.hasPrefix(words.first ?? " ") }
    let exact = found.first { $0.name == words.first }
    guard let command = exact ?? (found.count == 1 ? found[0] : nil) else {
      throw .unknown(
        words.first ?? "",
        nearest: Suggestion.nearest(to: words.first ?? "", among: Self.list.map(\.name)))
    }
    func number() throws(PromptError) -> Int {
      guard let number = Int(argument), 1...DecodingConfiguration.widest ~= number else {
        throw .argument(
          command.name, found: argument,
          expected: ConfigurationShape.integer(atLeast: 1, atMost: DecodingConfiguration.widest)
            .words)
      }
      return number
    }
    switch command.name {
    case "beam": self = .beam(try number())
    case "nbest": self = .nBest(try number())
    case "attention":
      guard ["on", "off"].contains(argument) else {
        throw .argument(command.name, found: argument, expected: "on or off")
      }
      self = .attention(argument == "on")
    case "model":
      guard !argument.isEmpty else {
        throw .argument(command.name, found: argument, expected: "a file or a run")
      }
      self = .model(argument)
    default:
      guard argument.isEmpty else {
        throw .argument(command.name, found: argument, expected: "nothing")
      }
      self = command.name == "quit" ? .quit : .help
    }
  }
}

extension String {
  /// Without white space at both ends.
  fileprivate var trimmed: String {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// What is wrong with a command at the prompt.
enum PromptError: Error, Equatable, CustomStringConvertible {
  /// There is no such command.
  case unknown(String, nearest: String?)
  /// What stands after a command is not what it takes.
  case argument(String, found: String, expected: String)

  /// What was expected.
  var description: String {
    switch self {
    case .unknown(let name, let nearest):
      "there is no command '\(":" + name)'; "
        + (nearest.map { "did you mean ':\($0)'?" }
          ?? ":help lists them, and '::' begins a text with a colon")
    case .argument(let name, let found, let expected):
      "':\(name)' takes \(expected), and was given " + (found.isEmpty ? "nothing" : "'\(found)'")
    }
  }
}
