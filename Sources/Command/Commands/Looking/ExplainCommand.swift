import DragomanPages
import DragomanFormats
import DragomanReporting
import DragomanTensor
import DragomanTranslation

/// `dragoman explain`: one sentence's way through a model.
enum ExplainCommand {
  private static let html = OptionDefinition.option(
    "html", "FILE", "Write a page with every number beside its equation.")
  private static let target = OptionDefinition.option(
    "target", "TEXT",
    "Force this translation, as training does, instead of the model's own greedy one.")
  private static let gradients = OptionDefinition.flag(
    "gradients",
    "Also go back: the gradients of the loss of the target, or else of the greedy translation.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "explain", "Walk a sentence through a model, number by number.",
    operand: OperandDefinition(
      name: "PHRASE", count: 1...1, after: .additional, help: "The text to walk through the model."),
    options: [
      SharedOptions.model, target, gradients, html, SharedOptions.threads, SharedOptions.quiet,
      SharedOptions.json,
    ],
    discussion: """
      Prints the tokens, and for each step what is written, how probable it is and which words \
      are looked at most. The page of --html and the object of --json hold everything: word \
      vectors, gates and states of every layer, scores, weights, contexts and distributions, and \
      with --gradients what comes back.

      Examples:
        dragoman explain "good morning"
        dragoman explain runs/phrasebook --html walk.html "good morning"
        dragoman explain --gradients --target bonjour --html walk.html "good morning"
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuse(html, with: SharedOptions.json)
    try arguments.refuseFiles(readsLines: false)
    let threads = try SharedOptions.threads(arguments)
    let file = try ModelFile(path: SharedOptions.model(arguments, console))
    var notes = TranslationNotes(console, isQuiet: arguments.has(SharedOptions.quiet)) { line in
      SourceNote(line, file.source, file.learnt)
    }
    notes.read(arguments.operands, isNumbered: false)
    let walk = try Walk(
      arguments.operands[0], reference: arguments.text(target), of: file,
      withGradients: arguments.has(gradients), kernels: Kernels(threads: threads))
    if let path = arguments.text(html) {
      try console.publish(WalkPage(walk).page, at: path)
    } else if arguments.has(SharedOptions.json) {
      try console.print(walk.json)
    } else {
      for line in walk.lines { try console.print(line) }
    }
    return .success
  }
}
