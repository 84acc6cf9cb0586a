import DragomanPages
import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanReporting
import DragomanSystem
import DragomanText
import DragomanTranslation

/// `dragoman classify`: the classes of texts, images or features.
enum ClassifyCommand {
  private static let top = OptionDefinition.option(
    "top", "K", default: "1", "Give the K most probable classes of each example.")
  private static let attention = OptionDefinition.flag(
    "attention",
    "Also show how much each token, part or row counted, of a model whose pooling is by attention.")
  private static let html = OptionDefinition.option(
    "html", "FILE", "Also write a page with the classes, and what counted; \"-\" prints it instead."
  )

  /// What the command line may say.
  static let definition = CommandDefinition(
    "classify", "Tell the class of texts, images or features.",
    operand: OperandDefinition(
      name: "EXAMPLE", count: 0...Int.max, after: .existing,
      help:
        "A text, or the file of an image or of features if the model reads those; without any, standard input has "
        + "one on each line."
    ),
    options: [
      SharedOptions.model, top, attention, html, SharedOptions.threads, SharedOptions.strict,
      SharedOptions.quiet,
      SharedOptions.json,
    ],
    discussion: """
      A line of output is the class, a tab and its probability; with --top, the next classes follow in the same way. \
      Of an image or of features, the name of the file comes first, with the number of the example where the file has \
      several. Images are PNG, Netpbm or NPY, or an array "images" in NPZ or safetensors; features are NPY, [rows, \
      columns] or [examples, rows, columns], or an array "features" in NPZ or safetensors.

      With --attention further lines show what counted, the darker the more: the tokens of a text, the parts of an \
      image, or the rows of features. A text that begins with "-" goes after "--".

      Examples:
        dragoman classify "turn the lights off in the kitchen"
        dragoman classify --top 3 --json < lines.txt
        dragoman classify --attention --html page.html < lines.txt
        dragoman classify runs/scenes-vit one.png two.png
        dragoman classify runs/series-gru --attention series.npy
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let top = try arguments.integer(top, atLeast: 1) ?? 1
    let threads = try SharedOptions.threads(arguments)
    try arguments.refuse(attention, with: SharedOptions.json)
    let isPage = try arguments.isDash(html, insteadOf: SharedOptions.json, attention)
    let results = isPage ? console.withoutResults : console
    let path = try SharedOptions.model(arguments, console.quiet(arguments.has(SharedOptions.quiet)))
    let classifier = try ExampleClassifier(path: path, threads: threads)
    if classifier.model.codec != nil { try arguments.refuseFiles() }
    guard !arguments.has(attention) || classifier.hasWeights else {
      throw NoWeights(path: path, pooling: classifier.model.model.configuration.pooling.rawValue)
    }
    let picture = AttentionPicture(width: console.resultWidth, hasColour: console.hasColour)
    let text = ClassificationText(top: top, picture: arguments.has(attention) ? picture : nil)
    let asJSON = arguments.has(SharedOptions.json)
    let page = arguments.text(html)
    var shown: [ExampleClassifier.Finding] = []
    var count = 0
    var notes = TranslationNotes(
      console, isQuiet: arguments.has(SharedOptions.quiet), note: classifier.note)
    func classify(_ lines: [String]) throws {
      let isNumbered = arguments.operands.count != 1
      notes.read(lines, isNumbered: isNumbered)
      let found = try classifier.classify(
        lines, from: isNumbered ? count + 1 : nil,
        withWeights: asJSON || page != nil || arguments.has(attention))
      try results.write(
        found.map { asJSON ? text.json($0).rounded.serialized() + "\n" : text.text($0) }.joined())
      shown += found.prefix(max(ClassificationPage.longest - shown.count, 0))
      count += found.count
    }
    func write(to page: String) throws {
      try console.write(
        ClassificationPage(shown, of: count, subtitle: Files.brief(path)).page, to: page)
    }
    // A page that cannot be written is no reason to classify first.
    if let page, !isPage { try write(to: page) }
    if arguments.operands.isEmpty {
      let input = LineReader(isStrict: arguments.has(SharedOptions.strict))
      try input.forEach(console, isQuiet: arguments.has(SharedOptions.quiet)) { try classify($0) }
    } else {
      try classify(arguments.operands)
    }
    notes.finish()
    if let page {
      try write(to: page)
      if !isPage { console.message("page: \(page)") }
    }
    return .success
  }
}

/// A model that does not weigh what it reads.
struct NoWeights: Error, CustomStringConvertible {
  /// The model's file.
  let path: String
  /// Its pooling.
  let pooling: String
  /// What was expected, and what to do.
  var description: String {
    """
    \(path): expected classifier.pooling "attention", whose weights say what counted, found "\(pooling)". Leave \
    --attention out, or train with "pooling": "attention".
    """
  }
}
