import DragomanPages
import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanReporting
import DragomanText
import DragomanTranslation

/// `dragoman classify`: the classes of texts.
enum ClassifyCommand {
  private static let top = OptionDefinition.option(
    "top", "K", default: "1", "Give the K most probable classes of each text.")
  private static let attention = OptionDefinition.flag(
    "attention", "Also show how much each token counted, of a model whose pooling is by attention.")
  private static let html = OptionDefinition.option(
    "html", "FILE", "Also write a page with the classes, and the tokens that counted.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "classify", "Tell the class of texts, or of standard input line by line.",
    operand: OperandDefinition(
      name: "TEXT", count: 0...Int.max,
      help: "Text to classify; without any, standard input is read. A line in gives a line out."),
    options: [
      SharedOptions.model, top, attention, html, SharedOptions.threads, SharedOptions.json,
    ],
    discussion: """
      A line of output is the class, a tab and its probability; with --top, the next classes follow in the same way. \
      With --attention a second line has the tokens, the darker the more they counted. A text that begins with "-" \
      goes after "--".

      Examples:
        dragoman classify "turn the lights off in the kitchen"
        dragoman classify --top 3 --json < lines.txt
        dragoman classify --attention --html page.html < lines.txt
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let top = try arguments.integer(top, atLeast: 1) ?? 1
    let threads = try SharedOptions.threads(arguments)
    try arguments.refuse(attention, with: SharedOptions.json)
    let path = try SharedOptions.model(arguments, console)
    let classifier = try TextClassifier(path: path, threads: threads)
    guard !arguments.has(attention) || classifier.hasWeights else {
      throw NoTokenWeights(
        path: path, pooling: classifier.model.model.configuration.pooling.rawValue)
    }
    let picture = AttentionPicture(width: console.resultWidth, hasColour: console.hasColour)
    let text = ClassificationText(top: top, picture: arguments.has(attention) ? picture : nil)
    let asJSON = arguments.has(SharedOptions.json)
    let page = arguments.text(html)
    var shown: [(text: String, found: Classification)] = []
    var count = 0
    func classify(_ lines: [String]) throws {
      let found = classifier.classify(
        lines, withWeights: asJSON || page != nil || arguments.has(attention))
      try console.write(
        zip(lines, found).map { line, found in
          asJSON ? text.json(line, found).serialized() + "\n" : text.text(found)
        }.joined())
      shown += zip(lines, found).prefix(max(ClassificationPage.longest - shown.count, 0))
        .map { (text: $0, found: $1) }
      count += lines.count
    }
    func write() throws {
      guard let page else { return }
      try ClassificationPage(shown, of: count, subtitle: path).page.write(to: page)
    }
    // A page that cannot be written is no reason to classify first.
    try write()
    if arguments.operands.isEmpty {
      let input = LineReader()
      while let lines = try input.next() { try classify(lines) }
    } else {
      try classify(arguments.operands)
    }
    try write()
    if let page { console.message("page: \(page)") }
    return .success
  }
}

/// A model that does not weigh tokens.
struct NoTokenWeights: Error, CustomStringConvertible {
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
