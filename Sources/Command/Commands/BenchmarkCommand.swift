import DragomanFormats
import DragomanTensor
import DragomanTraining
import DragomanTranslation

/// `dragoman benchmark`: what this machine can do, and how much of it a model gets.
enum BenchmarkCommand {
  private static let config = OptionDefinition.option(
    "config", "FILE", "Take the model of this configuration.")
  private static let sentences = OptionDefinition.option(
    "sentences", "N", default: "64", "Sentences of a batch.")
  private static let length = OptionDefinition.option(
    "length", "N", default: "20", "Tokens of each source and each target.")
  private static let vocabulary = OptionDefinition.option(
    "vocabulary", "N", default: "tokenizer.vocabulary of the configuration, or 8000",
    "Entries of each vocabulary.")
  private static let steps = OptionDefinition.option(
    "steps", "N", default: "12", "Steps that are timed; the median counts.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "benchmark", "Time training and decoding beside what this machine can do at most.",
    options: [
      config, sentences, length, vocabulary, steps, SharedOptions.threads, SharedOptions.json,
    ],
    discussion: """
      Sentences are random and equally long. The peak is what fused multiply-adds alone reach on the \
      same threads; a training step counts its products only. Nothing else should run meanwhile.
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let threads = try SharedOptions.threads(arguments) ?? Kernels.cores
    var shape = Benchmark.Shape()
    var model = Self.model
    if let path = arguments.text(config) {
      let configuration = try RunConfiguration.read(path: path)
      model = configuration.model
      shape.vocabulary = configuration.tokenizer.vocabulary
    }
    shape.sentences = try arguments.integer(sentences, atLeast: 1) ?? shape.sentences
    shape.length = try arguments.integer(length, atLeast: 1) ?? shape.length
    shape.vocabulary = try arguments.integer(vocabulary, atLeast: 10) ?? shape.vocabulary
    shape.steps = try arguments.integer(steps, atLeast: 1) ?? shape.steps
    let kernels = Kernels(threads: threads)
    let peak = kernels.measurePeak()
    let bandwidth = kernels.measureBandwidth()
    let result = Benchmark(model, shape: shape, threads: threads).run()
    let memory = Memory.peak ?? 0
    if arguments.has(SharedOptions.json) {
      let numbers: [(String, Double)] = [
        ("peak", peak), ("bandwidth", bandwidth), ("step", result.step),
        ("trainingTokens", result.trainingTokens), ("operations", result.operations),
        ("share", result.operations / peak), ("decodingTokens", result.decodingTokens),
        ("sentence", result.sentence), ("memory", Double(memory)),
      ]
      try console.print(
        JSON.object(
          [
            ("threads", .int(threads)), ("instructions", .string(kernels.instructions.rawValue)),
            ("parameters", .int(result.parameters)),
          ] + numbers.map { ($0.0, .double($0.1)) }
        ).serialized())
      return .success
    }
    func number(_ value: Double, _ digits: Int = 3) -> String {
      NumberText.significant(value, digits: digits)
    }
    try console.print(
      """
      machine    \(threads) thread\(threads == 1 ? "" : "s"), \(kernels.instructions.rawValue): \
      \(number(peak / 1e9)) GFLOP/s, \(number(bandwidth / 1e9)) GB/s
      model      \(NumberText.grouped(result.parameters)) parameters; \(shape.sentences) sentences of \
      \(shape.length) tokens, \(NumberText.grouped(shape.vocabulary)) entries
      training   \(NumberText.grouped(Int(result.trainingTokens))) target tokens/s, \
      \(number(result.step * 1000)) ms a step, \(number(result.operations / 1e9)) GFLOP/s, \
      \(number(100 * result.operations / peak)) % of the peak
      decoding   \(NumberText.grouped(Int(result.decodingTokens))) tokens/s in a batch; one sentence \
      \(number(result.sentence * 1000)) ms
      memory     \(NumberText.bytes(memory)) at most
      """)
    return .success
  }

  /// BiGRU 256, GRU 256, additive attention 256, embedding 256.
  private static var model: ModelConfiguration {
    var model = ModelConfiguration()
    model.embedding = 256
    model.encoder.hidden = 256
    model.decoder.hidden = 256
    model.attention.size = 256
    model.dropout = DropoutConfiguration(0)
    return model
  }
}
