import DragomanPages
import DragomanFormats
import DragomanReporting
import DragomanTensor
import DragomanTranslation

/// `dragoman explain`: one example's way through a model, which translates it or tells its class.
enum ExplainCommand {
  private static let model = OptionDefinition.option(
    "model", "MODEL", isRepeated: true, default: SharedOptions.model.standard,
    "The model to use: a file, or the folder of a run; two to four that translate are shown side by side."
  )
  private static let html = OptionDefinition.option(
    "html", "FILE", "Write a page with every number beside its equation.")
  private static let target = OptionDefinition.option(
    "target", "TEXT",
    "Force this translation, as training does, instead of the model's own greedy one; of a classifier, take the "
      + "loss of this class."
  )
  private static let gradients = OptionDefinition.flag(
    "gradients",
    "Also go back: the gradients of the loss of the target, or else of what the model says itself.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "explain", "Walk an example through a model, number by number.",
    operand: OperandDefinition(
      name: "EXAMPLE", count: 1...1, after: .additional,
      help:
        "The text to walk through the model, or the file of an image or of features if the model reads those; of a "
        + "file with several examples one of them, as in file.npy[0]."
    ),
    options: [
      model, target, gradients, html, SharedOptions.threads, SharedOptions.quiet,
      SharedOptions.json,
    ],
    discussion: """
      Prints the tokens, and for each step what is written, how probable it is and which words \
      are looked at most. The page of --html and the object of --json hold everything: word \
      vectors, gates and states of every layer, scores, weights, contexts and distributions, and \
      with --gradients what comes back.

      With two to four --model options, the sentence goes through all of them: where each looked, by which equations, \
      and, with --target, what each makes of the same tokens. --json prints an object for each.

      Of a classifier it shows the encoder, pooling and the classes: of a text the gates or heads as with a \
      translation; of rows of features the same after the rows; of an image the patches and where each head of each \
      layer looked, or what each convolution, its normalisation, squeeze-and-excitation and attention make of \
      it, as small pictures whose numbers can be read.

      Of a model that captions images or features it shows what the encoder makes of them, and for each word the \
      regions or rows, their scores, the context and the words that might have come.

      Examples:
        dragoman explain "good morning"
        dragoman explain runs/phrasebook --html walk.html "good morning"
        dragoman explain --gradients --target bonjour --html walk.html "good morning"
        dragoman explain --model runs/a --model runs/b --html both.html "good morning"
        dragoman explain runs/scenes-vit --html scene.html one.png
        dragoman explain runs/series-gru "data/series/test.safetensors[0]"
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuse(html, with: SharedOptions.json)
    let threads = try SharedOptions.threads(arguments)
    let kernels = Kernels(threads: threads)
    let (line, target) = (arguments.operands[0], arguments.text(target))
    let withGradients = arguments.has(gradients)
    func tell(_ note: @escaping (String) -> SourceNote?) {
      var notes = TranslationNotes(
        console, isQuiet: arguments.has(SharedOptions.quiet), note: note)
      notes.read(arguments.operands, isNumbered: false)
    }
    let shown: (page: () -> Page, json: () -> [JSON], lines: () -> [String])
    let paths = try paths(arguments, console.quiet(arguments.has(SharedOptions.quiet)))
    switch try SavedModel(path: paths[0]) {
    case .translation(let file) where paths.count > 1:
      try arguments.refuseFiles(readsLines: false)
      let files = [file] + (try paths.dropFirst().map { try ModelFile(path: $0) })
      let ways = try zip(paths, files).map { path, file in
        let walk = try Walk(
          line, reference: target, of: file, withGradients: withGradients, kernels: kernels)
        return (path: path, name: file.configuration["name"]?.string, walk: walk)
      }
      for file in files { tell { SourceNote($0, file.source, file.learnt) } }
      let comparison = WalkComparison(ways)
      shown = (
        { WalkComparisonPage(comparison).page }, { comparison.json }, { comparison.lines }
      )
    case .translation(let file):
      try arguments.refuseFiles(readsLines: false)
      try file.source.requireReadable(line)
      if let target { try file.target.requireReadable(target) }
      tell { SourceNote($0, file.source, file.learnt) }
      let walk = try Walk(
        line, reference: target, of: file, withGradients: withGradients, kernels: kernels)
      shown = ({ WalkPage(walk).page }, { [walk.json] }, { walk.lines })
    case .classification(let file):
      guard paths.count == 1 else {
        throw ModelFileError.otherTask(
          path: paths[0], found: ModelTask.classification.rawValue,
          expected: ModelTask.translation.rawValue)
      }
      if case .texts(let codec) = file.trained.reading {
        try arguments.refuseFiles(readsLines: false)
        try codec.requireReadable(line)
        tell { SourceNote($0, codec, file.learnt) }
      }
      let walk = try ClassificationWalk(
        line, target: target, of: file.trained, withGradients: withGradients, kernels: kernels)
      let picture = AttentionPicture(width: console.resultWidth, hasColour: console.hasColour)
      shown = ({ ClassificationWalkPage(walk).page }, { [walk.json] }, { walk.lines(picture) })
    case .captioning(let file):
      guard paths.count == 1 else {
        throw ModelFileError.otherTask(
          path: paths[0], found: ModelTask.captioning.rawValue,
          expected: ModelTask.translation.rawValue)
      }
      if let target { try file.trained.target.requireReadable(target) }
      let walk = try Walk(
        file: line, reference: target, of: file.trained, withGradients: withGradients,
        kernels: kernels)
      shown = ({ WalkPage(walk).page }, { [walk.json] }, { walk.lines })
    }
    if let path = arguments.text(html) {
      try console.publish(shown.page(), at: path)
    } else if arguments.has(SharedOptions.json) {
      for object in shown.json() { try console.print(object) }
    } else {
      for line in shown.lines() { try console.print(line) }
    }
    return .success
  }

  /// The files of the models, one to four.
  private static func paths(_ arguments: ParsedArguments, _ console: Console) throws -> [String] {
    let named = arguments.texts(model)
    guard named.count <= WalkComparison.most else {
      throw UsageError.invalidValue(
        model, found: named[WalkComparison.most],
        expected: "one of at most \(WalkComparison.most) models", command: definition.name)
    }
    return named.count > 1
      ? try named.map { try ModelPath.file(of: $0, console) }
      : [try SharedOptions.model(arguments, console)]
  }
}
