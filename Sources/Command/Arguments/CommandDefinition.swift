/// A subcommand: one list that parser, help and suggestions read.
struct CommandDefinition: Sendable {
  /// Its name on the command line.
  let name: String
  /// What it does, in a line.
  let summary: String
  /// What it takes besides options, if anything.
  let operand: OperandDefinition?
  /// Its options, without `--help`.
  let options: [OptionDefinition]
  /// More to know, for the end of the help.
  let discussion: String
  /// Whether processes that `mpirun` or `srun` starts together share its work.
  let isShared: Bool
  /// Does it; the result is the exit code.
  let run: @Sendable (ParsedArguments, Console) throws -> ExitCode

  init(
    _ name: String, _ summary: String, operand: OperandDefinition? = nil,
    options: [OptionDefinition] = [], discussion: String = "", isShared: Bool = false,
    run: @escaping @Sendable (ParsedArguments, Console) throws -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.operand = operand
    self.options = options
    self.discussion = discussion
    self.isShared = isShared
    self.run = run
  }

  /// Everything that may follow the name.
  var allOptions: [OptionDefinition] { options + [.help] }
}

/// How the program ends.
enum ExitCode: Int32, Sendable {
  /// It did what it was asked to.
  case success = 0
  /// It could not.
  case failure = 1
  /// It was not asked properly.
  case usage = 2
  /// It saved and stopped because its terminal ended, SIGHUP.
  case hungUp = 129
  /// It saved and stopped at Ctrl-C, SIGINT.
  case interrupted = 130
  /// It saved and stopped at SIGTERM.
  case terminated = 143
}
