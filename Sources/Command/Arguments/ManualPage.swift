/// The manual page of the program in the macros of man(7), made from the definitions of its commands.
///
/// Characters beyond ASCII are written as `\[uXXXX]`, so that any groff or mandoc shows them.
struct ManualPage {
  /// All commands, in the order of the help.
  let commands: [CommandDefinition]
  /// The version of the program.
  let version: String

  /// The page.
  var text: String {
    let names = commands.map { "\\fB\(escaped($0.name))\\fR" }.joined(separator: ", ")
    return """
      .TH DRAGOMAN 1 "" "dragoman \(escaped(version))" "User Commands"
      .SH NAME
      dragoman \\- train, run and explain translation models
      .SH SYNOPSIS
      .B dragoman
      .I COMMAND
      .RI [ OPTION "]\\[u2026]"
      .br
      .B dragoman help
      .RI [ COMMAND | configuration ]
      .SH DESCRIPTION
      The commands are \(names).
      Results go to standard output, messages to standard error.
      .SH COMMANDS
      \(commands.map(section).joined(separator: "\n"))
      .SH EXIT STATUS
      .TP
      0
      The command did what it was asked to.
      .TP
      1
      It could not, and said why.
      .TP
      2
      The command line was not understood.
      .SH ENVIRONMENT
      .TP
      .B NO_COLOR
      If set and not empty, nothing is coloured.
      .TP
      .B TERM
      If \\(lqdumb\\(rq, nothing is coloured and no line is written over.
      .TP
      .B DRAGOMAN_HISTORY
      If \\(lqoff\\(rq, lines typed at the prompt of translate are kept in no file.
      .SH FILES
      .TP
      .I $XDG_STATE_HOME/dragoman/history
      Lines typed at that prompt; without the variable, in \\(ti/.local/state.
      .TP
      .I runs/NAME/
      A run: its configuration with everything filled in (config.json), the best model (best.safetensors), the
      state to resume from (last.safetensors) and the log (log.jsonl).

      """
  }

  private func section(_ command: CommandDefinition) -> String {
    let words = (command.operand.map { [$0.usage] } ?? []) + command.options.map(\.usage)
    var lines = [
      ".SS \(escaped(command.name))", escaped(command.summary), ".PP",
      "\\fBdragoman \(escaped(command.name))\\fR " + words.map(escaped).joined(separator: " "),
    ]
    for row in command.operand?.rows ?? [] {
      lines += [".TP", ".I \(escaped(row.name))", escaped(row.help)]
    }
    for option in command.options {
      let value = option.value.map { " \\fI\(escaped($0))\\fR" } ?? ""
      let standard = option.standard.map { " Default: \($0)." } ?? ""
      lines += [".TP", "\\fB\(escaped("--\(option.name)"))\\fR\(value)"]
      lines.append(escaped(option.help + standard))
    }
    for paragraph in command.discussion.split(separator: "\n\n") {
      lines.append(".PP")
      var isExample = false
      for line in paragraph.split(separator: "\n") {
        if line.hasPrefix(" ") != isExample {
          isExample.toggle()
          lines.append(isExample ? ".RS 4\n.nf" : ".fi\n.RE")
        }
        lines.append(escaped(String(line.drop { $0 == " " })))
      }
      if isExample { lines.append(".fi\n.RE") }
    }
    return lines.joined(separator: "\n")
  }

  /// Text that roff takes as it is.
  private func escaped(_ text: String) -> String {
    let characters = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case "\"": "\\(dq"
      case let scalar where !scalar.isASCII:
        "\\[u" + padded(String(scalar.value, radix: 16, uppercase: true)) + "]"
      default: String(scalar)
      }
    }
    let line = characters.joined()
    return line.hasPrefix(".") ? "\\&" + line : line
  }

  private func padded(_ digits: String) -> String {
    String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
}
