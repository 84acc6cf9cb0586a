import DragomanLayers
import DragomanTensor
import DragomanText
public import DragomanTranslation

/// Times training steps and greedy decoding of a model on random sentences of one length.
///
/// All lengths are equal, so no batch gains or loses by how it is cut; token ids are uniform. Times are medians of
/// the measured steps, after warm-up.
public struct Benchmark {
  /// What is timed.
  public struct Shape: Sendable, Equatable {
    /// Sentences of a batch.
    public var sentences = 64
    /// Tokens of each source and of each target, ends included.
    public var length = 20
    /// Entries of each vocabulary.
    public var vocabulary = 8000
    /// Steps that count.
    public var steps = 12

    /// 64 sentences of 20 tokens.
    public init() {}
  }

  /// What was found.
  public struct Result: Sendable {
    /// Seconds of a training step.
    public let step: Double
    /// Target tokens per second of training.
    public let trainingTokens: Double
    /// Floating-point operations per second of training.
    public let operations: Double
    /// Target tokens per second of decoding a batch.
    public let decodingTokens: Double
    /// Seconds of decoding one sentence.
    public let sentence: Double
    /// Numbers that are trained.
    public let parameters: Int
  }

  private let model: TranslationModel
  private let shape: Shape
  private let kernels: Kernels
  private let clock = ContinuousClock()

  /// A benchmark of an architecture.
  public init(_ configuration: ModelConfiguration, shape: Shape, threads: Int? = nil) {
    var configuration = configuration
    configuration.attention.positions = configuration.attention.positions ?? shape.length
    model = TranslationModel(
      configuration, sourceVocabulary: shape.vocabulary, targetVocabulary: shape.vocabulary)
    self.shape = shape
    kernels = Kernels(threads: threads)
  }

  /// Times everything.
  public func run() -> Result {
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 1)
    let gradients = Parameters(layout: model.layout)
    let optimizer = Optimizer(OptimizerConfiguration(), layout: model.layout)
    let workspace = Workspace(kernels: kernels)
    let batches = (0..<3).map { self.batch(number: $0) }
    var update = 0
    let step = median(shape.steps) {
      workspace.reset()
      gradients.clear(kernels)
      let batch = batches[update % batches.count]
      let pass = Pass(
        weights: weights, workspace: workspace, noise: Noise(seed: 1, update: UInt64(update)))
      model.train(
        batch, begin: 1, scale: 1 / Float(batch.targetIDs.count), pass, gradients: gradients)
      let norm = kernels.sumOfSquares(gradients.slab).squareRoot()
      update += 1
      optimizer.update(
        weights, gradients: gradients, scale: Clipping.factor(norm: norm, limit: 1), step: update,
        kernels)
    }
    // No token ends a sentence: every decoding takes as many steps.
    let search = GreedySearch(
      PackedModel(model, weights: weights, kernels), begin: 1, end: -1,
      maximumLength: shape.length)
    let sources = (0..<shape.sentences).map { Array(batches[0].source(at: $0)) }
    func decode(_ sources: [[Int32]]) {
      workspace.reset()
      _ = search.translate(sources, Pass(weights: weights, workspace: workspace))
    }
    let batched = median(max(shape.steps / 2, 3)) { decode(sources) }
    let sentence = median(shape.steps) { decode([sources[0]]) }
    let tokens = Double(shape.sentences * shape.length)
    return Result(
      step: step, trainingTokens: tokens / step,
      operations: model.trainingOperations(batches[0]) / step, decodingTokens: tokens / batched,
      sentence: sentence, parameters: model.layout.parameterCount)
  }

  private func batch(number: Int) -> Batch {
    var random = Random(seed: 7, stream: UInt64(number))
    func sentence() -> [Int32] {
      (0..<shape.length).map { _ in
        Int32(3 + random.below(shape.vocabulary - 3))
      }
    }
    return Batch(
      (0..<shape.sentences).map { _ in EncodedPair(source: sentence(), target: sentence()) })
  }

  /// Seconds of a run: the median of `count`, after two that do not count.
  private func median(_ count: Int, _ body: () -> Void) -> Double {
    body()
    body()
    let times = (0..<count).map { _ in clock.measure(body) }.sorted()
    let middle = times[count / 2].components
    return Double(middle.seconds) + Double(middle.attoseconds) * 1e-18
  }
}
