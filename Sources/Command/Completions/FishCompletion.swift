import DragomanFormats

/// The completion script for fish.
struct FishCompletion {
  /// All commands but `help`.
  let commands: [CommandDefinition]
  /// What `help` can be asked about.
  let topics: [String]

  /// The script: a file `dragoman.fish` in fish's folder `completions`.
  var script: String {
    let names = commands.map { ($0.name, $0.summary) } + [("help", "Tell more about a command.")]
    let heads = names.map { name, summary in
      line("__dragoman_begins", "-a \(name) -d \(quoted(summary))")
    }
    let own = [("help", "Show this help."), ("version", "Show the version.")].map { name, help in
      line("__dragoman_begins", "-l \(name) -d \(quoted(help))")
    }
    return """
      # Completion of dragoman for fish, made by "dragoman completions fish".

      # Whether no command is there yet.
      function __dragoman_begins
        test (count (commandline -opc)) -eq 1
      end

      # Whether the command is this one.
      function __dragoman_is
        set -l words (commandline -opc)
        test (count $words) -ge 2; and test "$words[2]" = "$argv[1]"
      end

      complete -c dragoman -f
      \((heads + own).joined(separator: "\n"))
      \(line("__dragoman_is help", "-a \(quoted(topics.joined(separator: " ")))"))
      \(commands.flatMap(lines).joined(separator: "\n"))

      """
  }

  private func lines(_ command: CommandDefinition) -> [String] {
    let condition = "__dragoman_is \(command.name)"
    let operand = command.operand.flatMap { operand in
      action(operand.completion).map { line(condition, $0) }
    }
    return command.allOptions.map { option in
      let value = option.value == nil ? "" : " " + (action(option.kind, isValue: true) ?? "-x")
      return line(condition, "-l \(option.name)\(value) -d \(quoted(option.help))")
    } + (operand.map { [$0] } ?? [])
  }

  private func line(_ condition: String, _ rest: String) -> String {
    "complete -c dragoman -n \(quoted(condition)) \(rest)"
  }

  private func action(_ kind: ValueKind, isValue: Bool = false) -> String? {
    let only = isValue ? "-x " : ""
    return switch kind {
    case .text: nil
    case .file: isValue ? "-r -F" : "-F"
    case .folder: only + "-a '(__fish_complete_directories)'"
    case .choice(let words): only + "-a \(quoted(words.joined(separator: " ")))"
    case .list(let words):
      only + "-a \(quoted("(__fish_append , \(words.joined(separator: " ")))"))"
    case .assignment(let keys):
      only + "-a \(quoted(keys.list.flatMap(assignments).joined(separator: " ")))"
    }
  }

  /// A key with each word that it takes, or with nothing after the equals sign.
  private func assignments(_ key: ConfigurationKey) -> [String] {
    key.words.isEmpty ? ["\(key.path)="] : key.words.map { "\(key.path)=\($0)" }
  }

  private func quoted(_ text: String) -> String {
    "'" + text.map { "'\\".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "'"
  }
}
