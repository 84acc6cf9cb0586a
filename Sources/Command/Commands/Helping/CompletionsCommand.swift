/// `dragoman completions`: what a shell needs to complete the rest of a command line.
enum CompletionsCommand {
  private static let shell = OperandDefinition(
    name: "SHELL", count: 1...1, kind: .choice(Shell.allCases.map(\.rawValue)),
    help: "The shell: " + Shell.allCases.map(\.rawValue).joined(separator: ", ") + ".")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "completions", "Print a script that lets a shell complete commands and options.",
    operand: shell,
    discussion: """
      Commands, options, files, names of metrics, keys of a configuration and help topics are completed.

      Examples:
        eval "$(dragoman completions bash)"          # in ~/.bashrc
        dragoman completions zsh > ~/.zfunc/_dragoman   # a folder of fpath
        dragoman completions fish > ~/.config/fish/completions/dragoman.fish
      """
  ) { arguments, console in
    guard let shell = Shell(rawValue: arguments.operands[0]) else {
      throw UsageError.invalidOperand(
        shell, found: arguments.operands[0],
        expected: "one of " + Shell.allCases.map(\.rawValue).joined(separator: ", "),
        command: arguments.command)
    }
    try console.write(shell.script(Program.commands, topics: HelpCommand.topics))
    return .success
  }
}
