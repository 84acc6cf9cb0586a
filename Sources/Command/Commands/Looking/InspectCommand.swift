import DragomanPages
import DragomanFormats
import DragomanReporting
import DragomanText
import DragomanTranslation

/// `dragoman inspect`: what is in a model file, or in any safetensors file.
enum InspectCommand {
  private static let model = OptionDefinition.option(
    "model", "MODEL", "The model, in place of the operand.")
  private static let tensors = OptionDefinition.flag(
    "tensors", "Show every tensor: shape, bytes, mean, deviation, range, norm, non-finite numbers.")
  private static let vocabulary = OptionDefinition.flag(
    "vocabulary", "Show every entry of the vocabularies.")
  private static let configuration = OptionDefinition.flag(
    "config", "Show the configuration of the run, everything filled in, as JSON.")
  private static let history = OptionDefinition.flag(
    "history", "Show every validation of the training, and the curves of losses and scores.")
  private static let search = OptionDefinition.option(
    "search", "TEXT",
    "Show what the vocabularies make of a text, and which of their entries hold it.")
  private static let frequencies = OptionDefinition.option(
    "frequencies", "FILE",
    "Count how often the entries of the vocabularies occur in a file, such as the training pairs; --search then "
      + "tells it of what it finds. A line is a source, or a source, a tab and a target.")
  private static let neighbours = OptionDefinition.option(
    "neighbours", "WORD", "Show the entries whose vectors are nearest to a word's, by cosine.")
  private static let tensor = OptionDefinition.option(
    "tensor", "NAME", isRepeated: true,
    "Show a tensor's numbers as a histogram and as a map of their sizes.")
  private static let against = OptionDefinition.option(
    "against", "MODEL",
    "Compare with another file or run: configuration, vocabularies, and tensors by ‖a − b‖ / ‖b‖.")
  private static let activations = OptionDefinition.option(
    "activations", "FILE",
    "Run the model over the lines of a file and show how often gates are saturated and which units hardly "
      + "move. A line is a source, or a source, a tab and a target.")

  private static let html = OptionDefinition.option(
    "html", "FILE",
    "Write a page instead: training, vocabularies, configuration, pictures of every tensor, and maps of the word "
      + "vectors."
  )

  /// What the command line may say.
  static let definition = CommandDefinition(
    "inspect", "Show what is in a model file.",
    operand: OperandDefinition(
      name: "MODEL", count: 1...1, sameAs: model,
      help: "A model file, any other safetensors file, or the folder of a run."),
    options: [
      model, tensors, vocabulary, configuration, history, search, frequencies, neighbours, tensor,
      against, activations, html, SharedOptions.threads, SharedOptions.json,
    ],
    discussion: """
      Without options: the architecture, the parameters by part, the vocabularies, the training in short \
      and all tensors. A file that is not a model of Dragoman's shows its tensors and metadata. With --json, --search, \
      --frequencies, --neighbours, --tensor, --against and --activations give an object each; without them, \
      one object holds all that the file tells.

      Examples:
        dragoman inspect runs/phrasebook/best.safetensors
        dragoman inspect runs/phrasebook --history
        dragoman inspect runs/phrasebook --html phrasebook.html
        dragoman inspect runs/phrasebook --search ing --neighbours mother
        dragoman inspect runs/phrasebook --frequencies data/phrasebook/train.en-fr.tsv
        dragoman inspect runs/phrasebook --tensor attention.queryWeight
        dragoman inspect runs/a --against runs/b
        dragoman inspect runs/phrasebook --activations data/phrasebook/test.en-fr.tsv
      """, run: run)

  /// Something that can be shown in both ways.
  private typealias View = (lines: [String], json: JSON)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let threads = try SharedOptions.threads(arguments)
    for other in definition.options where ![html, model, SharedOptions.threads].contains(other) {
      try arguments.refuse(html, with: other)
    }
    let inspection = try Inspection(path: ModelPath.file(of: arguments.operands[0], console))
    if let path = arguments.text(html) {
      try console.publish(InspectionPage(inspection).page, at: path)
      return .success
    }
    let views = try views(of: inspection, arguments, threads: threads, console)
    var parts: Set<Inspection.Part> = []
    if arguments.has(tensors) { parts.insert(.tensors) }
    if arguments.has(vocabulary) { parts.insert(.vocabulary) }
    if arguments.has(configuration) { parts.insert(.configuration) }
    if arguments.has(history) { parts.insert(.history) }
    let isWhole = parts.isEmpty && views.isEmpty
    if arguments.has(SharedOptions.json) {
      if !parts.isEmpty || isWhole { try console.print(inspection.json) }
      for view in views { try console.print(view.json) }
      return .success
    }
    var texts: [String] = []
    if !parts.isEmpty || isWhole { texts.append(inspection.text(isWhole ? [.summary] : parts)) }
    texts += views.map { $0.lines.map { $0 + "\n" }.joined() }
    try console.write(texts.joined(separator: "\n"))
    return .success
  }

  private static func views(
    of inspection: Inspection, _ arguments: ParsedArguments, threads: Int?, _ console: Console
  ) throws -> [View] {
    func model(_ option: OptionDefinition) throws -> ModelFile {
      guard let model = inspection.model else {
        throw NeedsModel(
          path: arguments.operands[0], option: option.name,
          isClassifier: inspection.saved != nil)
      }
      return model
    }
    var views: [View] = []
    let counted = try arguments.text(frequencies).map { path in
      TokenFrequencies(try model(frequencies), lines: try TextLines(path: path))
    }
    if let text = arguments.text(search) {
      let found = VocabularySearch(text, in: try model(search), frequencies: counted)
      views.append((found.lines(), found.json))
    }
    if let counted { views.append((counted.lines(), counted.json)) }
    if let word = arguments.text(neighbours) {
      let found = try EmbeddingNeighbours(of: word, in: model(neighbours))
      views.append((found.lines, found.json))
    }
    for name in arguments.texts(tensor) {
      let picture = try TensorPicture(name, of: inspection)
      views.append((picture.lines(hasColour: console.hasColour), picture.json))
    }
    if let path = arguments.text(against) {
      let comparison = try ModelComparison(
        inspection, against: Inspection(path: ModelPath.file(of: path, console)))
      views.append((comparison.lines, comparison.json))
    }
    if let path = arguments.text(activations) {
      let report = ActivationReport(
        try model(activations), lines: Array(try TextLines(path: path)), threads: threads)
      views.append((report.lines, report.json))
    }
    return views
  }
}

/// A file is not a model, but the option needs one.
struct NeedsModel: Error, CustomStringConvertible {
  /// The file.
  let path: String
  /// The option's name.
  let option: String
  /// Whether it is a classifier.
  var isClassifier = false
  /// What was expected.
  var description: String {
    isClassifier
      ? "\(path): '--\(option)' needs a model that translates, and this is a classifier"
      : "\(path): '--\(option)' needs a model of Dragoman's, and this is another safetensors file"
  }
}
