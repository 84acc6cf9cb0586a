import DragomanPages
import DragomanFormats
import DragomanReporting
import DragomanTensor
import DragomanTranslation

/// `dragoman explain`: one example's way through a model, which translates it or tells its class.
enum ExplainCommand {
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
    "explain", "Walk a text or an image through a model, number by number.",
    operand: OperandDefinition(
      name: "EXAMPLE", count: 1...1, after: .additional,
      help: "The text to walk through the model, or the file of an image if the model reads images."
    ),
    options: [
      SharedOptions.model, target, gradients, html, SharedOptions.threads, SharedOptions.quiet,
      SharedOptions.json,
    ],
    discussion: """
      Prints the tokens, and for each step what is written, how probable it is and which words \
      are looked at most. The page of --html and the object of --json hold everything: word \
      vectors, gates and states of every layer, scores, weights, contexts and distributions, and \
      with --gradients what comes back.

      Of a classifier it shows the encoder, pooling and the classes: of a text the gates or heads as with a \
      translation; of an image the patches and where each head of each layer looked, or what each convolution, its normalisation, \
      squeeze-and-excitation and attention make of it, as small pictures whose numbers can be read.

      Examples:
        dragoman explain "good morning"
        dragoman explain runs/phrasebook --html walk.html "good morning"
        dragoman explain --gradients --target bonjour --html walk.html "good morning"
        dragoman explain runs/scenes-vit --html scene.html one.png
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
    let shown: (page: () -> Page, json: () -> JSON, lines: () -> [String])
    let path = try SharedOptions.model(
      arguments, console.quiet(arguments.has(SharedOptions.quiet)))
    switch try SavedModel(path: path) {
    case .translation(let file):
      try arguments.refuseFiles(readsLines: false)
      try file.source.requireReadable(line)
      if let target { try file.target.requireReadable(target) }
      tell { SourceNote($0, file.source, file.learnt) }
      let walk = try Walk(
        line, reference: target, of: file, withGradients: withGradients, kernels: kernels)
      shown = ({ WalkPage(walk).page }, { walk.json }, { walk.lines })
    case .classification(let file):
      if case .texts(let codec) = file.trained.reading {
        try arguments.refuseFiles(readsLines: false)
        try codec.requireReadable(line)
        tell { SourceNote($0, codec, file.learnt) }
      }
      let walk = try ClassificationWalk(
        line, target: target, of: file.trained, withGradients: withGradients, kernels: kernels)
      let picture = AttentionPicture(width: console.resultWidth, hasColour: console.hasColour)
      shown = ({ ClassificationWalkPage(walk).page }, { walk.json }, { walk.lines(picture) })
    }
    if let path = arguments.text(html) {
      try console.publish(shown.page(), at: path)
    } else if arguments.has(SharedOptions.json) {
      try console.print(shown.json())
    } else {
      for line in shown.lines() { try console.print(line) }
    }
    return .success
  }
}
