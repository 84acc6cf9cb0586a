import DragomanFormats

/// The completion script for zsh.
struct ZshCompletion {
  /// All commands but `help`.
  let commands: [CommandDefinition]
  /// What `help` can be asked about.
  let topics: [String]

  /// The script: a file `_dragoman` in a folder of `fpath`, or read by `source`.
  var script: String {
    let names = commands.map { ($0.name, $0.summary) } + [("help", "Tell more about a command.")]
    return """
      #compdef dragoman
      # Completion of dragoman for zsh, made by "dragoman completions zsh".

      # Keys with the equals sign that follows them, and after it the words that a key takes.
      _dragoman_keys() {
        if ! compset -P '*='; then
          compadd -S = -q - "$@"
          return
        fi
        case ${${IPREFIX%=}##*=} in
      \(words)
        esac
      }

      _dragoman() {
        local context state state_descr line
        typeset -A opt_args
        _arguments -C -S \\
          '(- *)--help[Show this help.]' \\
          '(- *)--version[Show the version.]' \\
          '1:command:->command' \\
          '*::argument:->argument'
        case $state in
        command)
          local -a commands
          commands=(
      \(names.map { "      " + ShellWord.inQuotes("\($0):\($1)") }.joined(separator: "\n"))
          )
          _describe -t commands command commands
          ;;
        argument)
          case $words[1] in
          help)
            _arguments \(ShellWord.inQuotes("1:topic:(\(topics.joined(separator: " ")))"))
            ;;
      \(commands.map(section).joined(separator: "\n"))
          esac
          ;;
        esac
      }

      if [[ $funcstack[1] == _dragoman ]]; then _dragoman "$@"; else compdef _dragoman dragoman; fi

      """
  }

  private func section(_ command: CommandDefinition) -> String {
    let operands = command.operand.map { operand in
      let isOne = operand.count.upperBound == 1 && operand.leadingModel == nil
      return "\(isOne ? "1" : "*"):\(escaped(operand.name)):\(action(operand.completion))"
    }
    let lines = command.allOptions.map(specification) + (operands.map { [$0] } ?? [])
    return "    \(command.name))\n      _arguments -S \\\n"
      + lines.map { "        " + ShellWord.inQuotes($0) }.joined(separator: " \\\n") + "\n      ;;"
  }

  /// `*--set=[Override one key …]:KEY=VALUE:…`.
  private func specification(_ option: OptionDefinition) -> String {
    let start = (option.isRepeated ? "*" : option == .help ? "(- *)" : "") + "--\(option.name)"
    guard let value = option.value else { return "\(start)[\(escaped(option.help))]" }
    return "\(start)=[\(escaped(option.help))]:\(escaped(value)):\(action(option.kind))"
  }

  private func action(_ kind: ValueKind) -> String {
    switch kind {
    // Nothing but a space: the value is announced and nothing offered.
    case .text: " "
    case .file: "_files"
    case .folder: "_files -/"
    case .choice(let words): "(\(words.joined(separator: " ")))"
    case .list(let words): "_sequence compadd - \(words.joined(separator: " "))"
    // The leading space keeps _arguments from adding arguments of its own.
    case .assignment(let keys): " _dragoman_keys \(keys.list.map(\.path).joined(separator: " "))"
    }
  }

  /// The words of each key that has some.
  private var words: String {
    AssignableKeys.all.list.filter { !$0.words.isEmpty }.map { key in
      "        (\(key.path)) compadd - \(key.words.map(quotedIfNeeded).joined(separator: " ")) ;;"
    }.joined(separator: "\n")
  }

  private func quotedIfNeeded(_ word: String) -> String {
    word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      ? word : ShellWord.inQuotes(word)
  }

  private func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}
