import DragomanSystem
import DragomanFormats
import DragomanTraining

/// `dragoman help`: what the program, a command or a configuration can do.
enum HelpCommand {
  /// What can be asked about besides commands.
  private static let configuration = "configuration"

  /// Everything that can be asked about.
  static var topics: [String] { Program.commands.map(\.name) + [configuration] }

  /// Writes the help that the words after `help` ask for.
  static func run(_ words: [String], _ console: Console) throws {
    guard let topic = words.first else {
      return try console.write(HelpText.program(Program.commands))
    }
    if topic == configuration {
      return try console.write(RunConfiguration.help)
    }
    do {
      try console.write(HelpText.command(Program.command(topic)))
    } catch UsageError.unknownCommand {
      throw UsageError.unknownCommand(
        topic, nearest: Suggestion.nearest(to: topic, among: topics), known: topics)
    }
  }
}
