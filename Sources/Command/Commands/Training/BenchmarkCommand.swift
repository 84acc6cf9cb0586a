import DragomanText
import DragomanDecoding
import DragomanModels
import DragomanFormats
import DragomanReporting
import DragomanTensor
import DragomanTraining
import DragomanTranslation

/// `dragoman benchmark`: what this machine can do, and how much of it a model gets.
enum BenchmarkCommand {
  private static let sentences = OptionDefinition.option(
    "sentences", "N", default: "64", "Sentences of a batch.")
  private static let length = OptionDefinition.option(
    "length", "N", default: "20", "Tokens of each source and each target.")
  private static let sourceLength = OptionDefinition.option(
    "source-length", "N", default: "that of --length", "Tokens of each source.")
  private static let vocabulary = OptionDefinition.option(
    "vocabulary", "N", default: "tokenizer.vocabulary of the configuration, or 8000",
    "Entries of each vocabulary.")
  private static let beam = OptionDefinition.option(
    "beam", "N", default: "1", "Hypotheses of a sentence that decoding follows.")
  private static let steps = OptionDefinition.option(
    "steps", "N", default: "12", "Steps that are timed; the median counts.")

  private static let products = OptionDefinition.flag(
    "products", "Time products of matrices alone, at the shapes of the model and at common ones.")
  private static let convolutions = OptionDefinition.flag(
    "convolutions", "Time convolutions alone, at common shapes.")
  private static let vision = OptionDefinition.flag(
    "vision", "Time training steps of a vision transformer alone.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "benchmark", "Time training and decoding beside what this machine can do at most.",
    operand: OperandDefinition(
      name: "CONFIG", count: 0...1, sameAs: SharedOptions.config,
      help: "A configuration whose model is timed, in place of a recurrent one of middle size."),
    options: [
      SharedOptions.config, sentences, length, sourceLength, vocabulary, beam, steps, products,
      convolutions, vision,
      SharedOptions.threads,
      SharedOptions.json,
    ],
    discussion: """
      Sentences are random and equally long. The peak is what fused multiply-adds alone reach on the \
      same threads; a training step counts its products only. Nothing else should run meanwhile.

      Examples:
        dragoman benchmark --threads 1
        dragoman benchmark configs/phrasebook.json --json
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let threads = try SharedOptions.threads(arguments) ?? Kernels.cores
    var shape = Benchmark.Shape()
    var model = Self.model
    if arguments.has(SharedOptions.config) {
      let path = SharedOptions.configurationPath(arguments)
      let configuration = try RunConfiguration.read(path: path)
      try OtherTask.refuse(
        configuration, path,
        remedy:
          "--vision times a vision transformer and --convolutions convolutions, without a configuration"
      )
      model = configuration.model
      shape.vocabulary = configuration.tokenizer.vocabulary
    }
    shape.sentences = try arguments.integer(sentences, atLeast: 1) ?? shape.sentences
    shape.targetLength = try arguments.integer(length, atLeast: 1) ?? shape.targetLength
    shape.sourceLength =
      try arguments.integer(sourceLength, atLeast: 1) ?? shape.targetLength
    shape.vocabulary = try arguments.integer(vocabulary, atLeast: 10) ?? shape.vocabulary
    shape.beam =
      try arguments.integer(
        beam, atLeast: 1, atMost: DecodingConfiguration.widest) ?? shape.beam
    shape.steps = try arguments.integer(steps, atLeast: 1) ?? shape.steps
    let kernels = Kernels(threads: threads)
    // The model first: measuring bandwidth takes memory that would count as the model's.
    let isAlone = [products, convolutions, vision].contains { arguments.has($0) }
    let timed =
      isAlone ? nil : Benchmark(model, shape: shape, threads: threads).run()
    let seen =
      arguments.has(vision) ? VisionBenchmark().run(steps: shape.steps, kernels) : nil
    var report = BenchmarkReport(
      threads: threads, instructions: kernels.instructions.rawValue, peak: kernels.measurePeak(),
      bandwidth: kernels.measureBandwidth(), shape: shape)
    report.model = timed
    report.vision = seen.map { (VisionBenchmark(), $0) }
    if arguments.has(products) {
      report.products = ProductBenchmark.common.map { ($0, $0.run(kernels)) }
    }
    if arguments.has(convolutions) {
      report.convolutions = ConvolutionBenchmark.common.map { ($0, $0.run(kernels)) }
    }
    if arguments.has(SharedOptions.json) {
      try console.print(report.json)
    } else {
      try console.print(report.text)
    }
    return .success
  }

  /// BiGRU 256, GRU 256, additive attention 256, embedding 256.
  private static var model: ModelConfiguration {
    var model = ModelConfiguration()
    model.embedding = 256
    model.encoder.recurrent?.hidden = 256
    model.decoder.recurrent?.hidden = 256
    model.attention.size = 256
    model.dropout = DropoutConfiguration(0)
    return model
  }
}
