import DragomanFormats
import DragomanSystem

/// The completion script for bash, 3.2 or later.
///
/// bash splits a command line at "=", so `--config=FILE` reaches the script as three words.
struct BashCompletion {
  /// All commands but `help`.
  let commands: [CommandDefinition]
  /// What `help` can be asked about.
  let topics: [String]

  /// The script.
  var script: String {
    """
    # Completion of dragoman for bash, made by "dragoman completions bash".

    # Of all candidates after the first word, those that begin with it.
    _dragoman_words() {
      local word=$1 candidate
      shift
      for candidate; do
        if [[ $candidate == "$word"* ]]; then COMPREPLY+=("$candidate"); fi
      done
    }

    # The same after the last comma of the first word.
    _dragoman_list() {
      local start="" candidate
      local -a candidates=()
      if [[ $1 == *,* ]]; then start=${1%,*},; fi
      for candidate in "${@:2}"; do candidates+=("$start$candidate"); done
      compopt -o nospace 2>/dev/null
      _dragoman_words "$1" "${candidates[@]}"
    }

    # The words that a key takes, each after the second argument; the third is what is there of one.
    _dragoman_values() {
      local candidate
      local -a words=()
      case $1 in
    \(words)
      esac
      for candidate in "${words[@]}"; do
        if [[ $candidate == "$3"* ]]; then COMPREPLY+=("$2$candidate"); fi
      done
    }

    # Keys with the equals sign that follows them, and after it their values.
    _dragoman_keys() {
      if [[ $1 == *=* ]]; then
        _dragoman_values "${1%%=*}" "${1%%=*}=" "${1#*=}"
        return
      fi
      compopt -o nospace 2>/dev/null
      _dragoman_words "$1" "${@:2}"
    }

    # Files (-f) or folders (-d).
    _dragoman_paths() {
      local path
      compopt -o filenames 2>/dev/null
      while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$2" -- "$1")
    }

    _dragoman() {
      local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
      local command=${COMP_WORDS[1]} index options=1
      COMPREPLY=()
      if ((COMP_CWORD == 1)); then
        _dragoman_words "$word" \(list(commands.map(\.name) + ["help", "--help", "--version"]))
        return
      fi
      if [[ $command == help ]]; then
        if ((COMP_CWORD == 2)); then _dragoman_words "$word" \(list(topics)); fi
        return
      fi
      for ((index = 2; index < COMP_CWORD; index++)); do
        if [[ ${COMP_WORDS[index]} == -- ]]; then options=0; fi
      done
      if [[ $word == "=" || $before == "=" ]]; then
        if [[ $word == "=" ]]; then word=""; else before=${COMP_WORDS[COMP_CWORD-2]}; fi
        # What comes after a key and its equals sign.
        if [[ $before != --* ]]; then
          _dragoman_values "$before" "" "$word"
          return
        fi
      fi
      if ((options)); then
        case "$command $before" in
    \(values)
        esac
        if [[ $word == -* ]]; then
          case $command in
    \(options)
          esac
          return
        fi
      fi
      case $command in
    \(operands)
      esac
    }

    complete -F _dragoman dragoman

    """
  }

  /// What may follow each option that has a value.
  private var values: String {
    commands.flatMap { command in
      command.options.filter { $0.value != nil }.map { option in
        let action = action(option.kind).map { "\($0); " } ?? ""
        return "      \(ShellWord.inQuotes("\(command.name) --\(option.name)"))) \(action)return ;;"
      }
    }.joined(separator: "\n")
  }

  private var options: String {
    commands.map { command in
      "        \(command.name)) _dragoman_words \"$word\" "
        + list(command.allOptions.map { "--\($0.name)" }) + " ;;"
    }.joined(separator: "\n")
  }

  /// What else may follow; where that is free or nothing, the options are shown.
  private var operands: String {
    commands.map { command in
      let operand = command.operand.flatMap { action($0.completion) }
      let hint =
        command.operand == nil
        ? "if ((options)); then _dragoman_words \"$word\" "
          + list(command.allOptions.map { "--\($0.name)" }) + "; fi" : ":"
      return "    \(command.name)) \(operand ?? hint) ;;"
    }.joined(separator: "\n")
  }

  private func action(_ kind: ValueKind) -> String? {
    switch kind {
    case .text: nil
    case .file: "_dragoman_paths \"$word\" -f"
    case .folder: "_dragoman_paths \"$word\" -d"
    case .choice(let words): "_dragoman_words \"$word\" \(list(words))"
    case .list(let words): "_dragoman_list \"$word\" \(list(words))"
    case .assignment(let keys): "_dragoman_keys \"$word\" \(list(keys.list.map { $0.path + "=" }))"
    }
  }

  /// The words of each key that has some.
  private var words: String {
    AssignableKeys.all.list.filter { !$0.words.isEmpty }.map { key in
      "        \(key.path)) words=(\(list(key.words))) ;;"
    }.joined(separator: "\n")
  }

  private func list(_ words: [String]) -> String {
    words.map { word in
      let isPlain = word.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-._=+".utf8.contains($0)
      }
      return isPlain ? word : ShellWord.inQuotes(word)
    }.joined(separator: " ")
  }
}
