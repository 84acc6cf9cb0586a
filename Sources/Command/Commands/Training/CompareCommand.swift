import DragomanPages
import DragomanFormats
import DragomanReporting

/// `dragoman compare`: several runs beside each other.
enum CompareCommand {
  private static let html = OptionDefinition.option(
    "html", "FILE", "Write a page with curves and translations instead of a table.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "compare", "Show training runs beside each other.",
    operand: OperandDefinition(
      name: "RUN", count: 1...(.max), help: "The folder of a run, such as runs/phrasebook."),
    options: [html, SharedOptions.json],
    discussion: """
      For each run the figures of its best model by its own first metric, marked where they are the best of \
      all, then the keys of the configurations that differ.

      Examples:
        dragoman compare runs/gru runs/lstm
        dragoman compare runs/* --html runs.html
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuse(html, with: SharedOptions.json)
    let comparison = try RunComparison(folders: arguments.operands)
    if let path = arguments.text(html) {
      try comparison.page.write(to: path)
      try console.print(path)
    } else if arguments.has(SharedOptions.json) {
      for line in comparison.json { try console.print(line.serialized()) }
    } else {
      try console.print(comparison.text)
    }
    return .success
  }
}
