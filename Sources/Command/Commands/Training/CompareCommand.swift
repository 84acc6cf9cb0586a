import DragomanPages
import DragomanFormats
import DragomanReporting

/// `dragoman compare`: several runs beside each other.
enum CompareCommand {
  private static let model = OptionDefinition.option(
    "model", "RUN", isRepeated: true, kind: .folder, "A run, in place of an operand.")
  private static let html = OptionDefinition.option(
    "html", "FILE",
    "Write a page instead of a table: figures, curves, and the same sentences as each best model translates them, "
      + "with where it looked.")
  private static let sentence = OptionDefinition.option(
    "sentence", "TEXT", isRepeated: true,
    "Translate this with each run's best model. Default on pages: what the validations showed.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "compare", "Show training runs beside each other.",
    operand: OperandDefinition(
      name: "RUN", count: 1...(.max), kind: .folder, sameAs: model,
      help: "The folder of a run, such as runs/phrasebook, or a model in it."),
    options: [model, sentence, html, SharedOptions.threads, SharedOptions.json],
    discussion: """
      For each run the figures of its best model by its own first metric, then the keys of the configurations \
      that differ. The best of all has a star, where the runs are validated on the same pairs and, for loss and \
      perplexity, cut them into the same tokens. Losses per character can be compared beyond tokenizers.

      Examples:
        dragoman compare runs/gru runs/lstm
        dragoman compare runs/* --html runs.html
        dragoman compare runs/gru runs/lstm --sentence "good morning"
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuse(html, with: SharedOptions.json)
    let comparison = try RunComparison(
      folders: arguments.operands.map { ModelPath.folder(of: $0) })
    let sources = arguments.texts(sentence)
    let threads = try SharedOptions.threads(arguments)
    let isShown = arguments.has(html) || !sources.isEmpty
    let sentences =
      try isShown
      ? ComparedSentences(comparison, sources: sources, threads: threads) : nil
    if let path = arguments.text(html), let sentences {
      try console.publish(comparison.page(sentences), at: path)
    } else if arguments.has(SharedOptions.json) {
      for line in comparison.json + (sentences?.json ?? []) { try console.print(line) }
    } else {
      try console.print(comparison.text)
      if let sentences { try console.print("\n" + sentences.lines.joined(separator: "\n")) }
    }
    return .success
  }
}
