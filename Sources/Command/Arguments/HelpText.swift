/// The help of the program and of each command, made from their definitions.
enum HelpText {
  /// The width that help is folded to.
  static let width = 80

  /// The help of the whole program.
  static func program(_ commands: [CommandDefinition]) -> String {
    let names = commands.map { ($0.name, $0.summary) }
    return """
      dragoman trains, runs and explains translation models.

      Usage: dragoman COMMAND [OPTION]…

      \(table(names))
      Options:
      \(table([("--help", "Show this help."), ("--version", "Show the version.")]))
      "dragoman help COMMAND" tells more about a command, and "dragoman help
      configuration" lists the keys of a configuration file. Results go to standard
      output, messages to standard error. The exit code is 0 for success, 1 for
      failure and 2 for a command line that is not understood.

      """
  }

  /// The help of one command.
  static func command(_ command: CommandDefinition) -> String {
    var text = "\(command.summary)\n\n\(usage(command))\n"
    if let operand = command.operand { text += table(operand.rows) + "\n" }
    text += "Options:\n"
    text += table(
      command.allOptions.map { option in
        (option.spelling, option.help + (option.standard.map { " Default: \($0)." } ?? ""))
      })
    if !command.discussion.isEmpty {
      let paragraphs = command.discussion.split(separator: "\n\n")
      text += "\n" + paragraphs.map { fold(String($0), indent: 0) }.joined(separator: "\n")
    }
    return text
  }

  private static func usage(_ command: CommandDefinition) -> String {
    let words =
      (command.operand.map { [$0.usage] } ?? []) + command.options.map(\.usage)
    let start = "Usage: dragoman \(command.name)"
    let indent = String(repeating: " ", count: start.count)
    var lines = [start]
    for word in words {
      if lines[lines.count - 1].count + 1 + word.count > width, lines.last != indent {
        lines.append(indent)
      }
      lines[lines.count - 1] += " " + word
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Two columns; a left entry that is too wide gets a line of its own.
  private static func table(_ rows: [(name: String, help: String)]) -> String {
    let left = min(rows.map(\.name.count).max() ?? 0, 22) + 4
    return rows.map { name, help in
      let folded = fold(help, indent: left)
      let margin = "  \(name)"
      guard margin.count + 2 <= left else { return "\(margin)\n\(folded)" }
      return margin + folded.dropFirst(margin.count)
    }.joined()
  }

  /// Breaks `text` into lines that begin with `indent` spaces; a line that begins with spaces stays.
  private static func fold(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard !paragraph.hasPrefix(" ") else {
        lines.append(margin + paragraph)
        continue
      }
      var line = margin
      for word in paragraph.split(separator: " ") {
        if line.count > indent, line.count + 1 + word.count > width {
          lines.append(line)
          line = margin
        }
        line += (line.count > indent ? " " : "") + word
      }
      lines.append(line)
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
