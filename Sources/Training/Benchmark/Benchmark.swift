import DragomanDecoding
package import DragomanModels
import DragomanSystem
import DragomanFormats
package import DragomanLayers
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Times training steps and decoding of a model on random sentences of one length.
///
/// All lengths are equal, so no batch gains or loses by how it is cut; token ids are uniform. Times are medians of
/// the measured steps, after warm-up.
package struct Benchmark {
  /// What is timed.
  package struct Shape: Sendable, Equatable {
    /// Sentences of a batch.
    package var sentences = 64
    /// Tokens of each source, its end included.
    package var sourceLength = 20
    /// Tokens of each target, its end included.
    package var targetLength = 20
    /// Entries of each vocabulary.
    package var vocabulary = 8000
    /// Hypotheses of a sentence that decoding follows; 1 is greedy search.
    package var beam = 1
    /// Steps that count.
    package var steps = 12

    /// 64 sentences of 20 tokens on both sides.
    package init() {}
  }

  /// How fast tokens are written.
  package struct Decoding: Sendable, Equatable {
    /// Target tokens per second of a batch.
    package let tokens: Double
    /// Seconds of one sentence.
    package let sentence: Double
  }

  /// What was found.
  package struct Result: Sendable {
    /// Seconds of a training step.
    package let step: Double
    /// Target tokens per second of training.
    package let trainingTokens: Double
    /// Floating-point operations per second of training.
    package let operations: Double
    /// Decoding with the probabilities of all tokens.
    package let decoding: Decoding
    /// Greedy decoding of the same tokens without, by a screen in 8 bits; `nil` where the processor gains nothing by
    /// it.
    package let screenedDecoding: Decoding?
    /// Numbers that are trained.
    package let parameters: Int
    /// Seconds of a training step by part, as means of the steps that count.
    package let parts: [(part: Stopwatch.Part, seconds: Double)]
    /// Bytes that the process held at most while it trained, 0 where the system does not tell.
    package let trainingMemory: Int
  }

  private let model: SequenceModel
  private let shape: Shape
  private let kernels: Kernels

  /// A benchmark of an architecture.
  package init(_ configuration: ModelConfiguration, shape: Shape, threads: Int? = nil) {
    var configuration = configuration
    configuration.attention.positions = configuration.attention.positions ?? shape.sourceLength
    model = SequenceModel(
      configuration, sourceVocabulary: shape.vocabulary, targetVocabulary: shape.vocabulary)
    self.shape = shape
    kernels = Kernels(threads: threads)
  }

  /// Times everything.
  package func run() -> Result {
    let update = BenchmarkUpdate(model.layout, kernels)
    let stopwatch = update.stopwatch
    let pairs = (0..<3).map { self.pairs(number: $0) }
    let step = Timing.median(shape.steps, warmUp: 3) {
      if update.count == 3 { stopwatch.reset() }
      update.workspace.reset()
      let batch = stopwatch.measure(.data) { self.batch(pairs[update.count % pairs.count]) }
      update { pass, gradients in
        _ = batch.train(
          scale: 1 / Float(batch.targets), labelSmoothing: 0, pass, gradients: gradients)
      }
    }
    let parts = Stopwatch.Part.allCases.map { ($0, stopwatch.seconds($0) / Double(shape.steps)) }
    let trainingMemory = Memory.peak ?? 0
    let (decoding, screened) = decode(
      pairs[0].map(\.source), update.weights, update.workspace)
    let tokens = Double(shape.sentences * shape.targetLength)
    return Result(
      step: step, trainingTokens: tokens / step,
      operations: model.trainingOperations(batch(pairs[0]).batch) / step,
      decoding: decoding, screenedDecoding: screened,
      parameters: model.layout.parameterCount, parts: parts, trainingMemory: trainingMemory)
  }

  /// Times decoding with probabilities and without, by turns.
  private func decode(
    _ sources: [[Int32]], _ weights: Parameters, _ workspace: Workspace
  ) -> (Decoding, screened: Decoding?) {
    // No token ends a sentence: every decoding takes as many steps.
    var decoding = DecodingConfiguration()
    decoding.beam = shape.beam
    decoding.maximumLength = shape.targetLength
    let search = Search(
      [PackedModel(model, weights: weights, kernels)], begin: 1, end: -1, decoding)
    let ways = shape.beam == 1 && kernels.screensAreFast ? [true, false] : [true]
    func seconds(_ count: Int, _ sources: [[Int32]]) -> [Double] {
      Timing.medians(
        count,
        ways.map { withProbabilities in
          {
            workspace.reset()
            _ = search.translate(
              sources, options: SearchOptions(withProbabilities: withProbabilities), workspace)
          }
        })
    }
    let tokens = Double(sources.count * shape.targetLength)
    let found = zip(
      seconds(max(shape.steps / 2, 3), sources), seconds(2 * shape.steps, [sources[0]])
    ).map { Decoding(tokens: tokens / $0, sentence: $1) }
    return (found[0], found.count > 1 ? found[1] : nil)
  }

  private func batch(_ pairs: [EncodedPair]) -> TranslationBatch {
    TranslationBatch(model: model, isFrozen: false, batch: Batch(pairs, begin: 1))
  }

  private func pairs(number: Int) -> [EncodedPair] {
    var random = Random(seed: 7, stream: UInt64(number))
    func sentence(_ length: Int) -> [Int32] {
      (0..<length).map { _ in Int32(3 + random.below(shape.vocabulary - 3)) }
    }
    return (0..<shape.sentences).map { _ in
      EncodedPair(source: sentence(shape.sourceLength), target: sentence(shape.targetLength))
    }
  }
}
