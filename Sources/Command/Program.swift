import DragomanSystem
import DragomanFormats
import DragomanTranslation

/// The program: finds the command, lets it run, and turns what is thrown into a message and a code.
enum Program {
  /// The version of this build.
  static let version = Translator.version

  /// All commands, in the order of the help.
  static let commands: [CommandDefinition] = [
    NewCommand.definition, CheckCommand.definition, TrainCommand.definition,
    TranslateCommand.definition, InspectCommand.definition, RunsCommand.definition,
    ClassifyCommand.definition, CaptionCommand.definition,
    ScoreCommand.definition, EvaluateCommand.definition, CompareCommand.definition,
    ExplainCommand.definition, EncodeCommand.definition,
    AverageCommand.definition, ExportCommand.definition, BenchmarkCommand.definition,
    DoctorCommand.definition,
    SchemaCommand.definition, CompletionsCommand.definition, ManualCommand.definition,
  ]

  /// Runs the arguments that follow the program's name.
  static func run(_ arguments: [String], _ console: Console = .standard) -> ExitCode {
    do {
      let code = try dispatch(arguments, console)
      Job.leave()
      return code
    } catch {
      let code = error is UsageError ? ExitCode.usage : .failure
      Job.waitForFirst()
      defer { Job.end(code) }
      guard !Job.isToldByFirst(error) else { return code }
      let process = Job.name.map { "\($0): " } ?? ""
      if ErrorReport.isWanted(arguments) {
        console.note(ErrorReport(error: error, exitCode: code).json.serialized() + "\n")
      } else {
        console.message((code == .usage ? "dragoman: " : "") + process + "\(error)")
      }
      return code
    }
  }

  private static func dispatch(_ arguments: [String], _ console: Console) throws -> ExitCode {
    switch arguments.first {
    case nil:
      console.note(HelpText.program(commands))
      return .usage
    case "--help", "-h":
      try console.write(HelpText.program(commands))
    case "--version":
      try console.print("dragoman \(version)")
    case "help":
      try HelpCommand.run(Array(arguments.dropFirst()), console)
    case let name?:
      let command = try command(name)
      let parsed = try ParsedArguments(arguments.dropFirst(), for: command)
      guard !parsed.wantsHelp else {
        try console.write(HelpText.command(command))
        return .success
      }
      try Job.require(command)
      return try command.run(parsed, console)
    }
    return .success
  }

  /// The command of this name.
  static func command(_ name: String) throws(UsageError) -> CommandDefinition {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let known = commands.map(\.name) + ["help"]
    throw .unknownCommand(name, nearest: Suggestion.nearest(to: name, among: known), known: known)
  }
}
