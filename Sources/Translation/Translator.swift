import DragomanFormats
import DragomanLayers
public import DragomanTensor
public import DragomanText

/// Translates lines of text with a trained model.
///
///     let translator = try Translator(path: "runs/phrasebook/best.safetensors")
///     let translation = try translator.translate("good morning")
///
/// A translator can be used from several tasks at once; each call has scratch memory of its own. The
/// result of a line depends neither on the other lines nor on the number of threads.
public struct Translator: Sendable {
  /// The model and everything stored with it.
  public let file: ModelFile
  /// How it writes: limits and batch size.
  public var decoding: DecodingConfiguration
  let kernels: Kernels
  let packed: PackedModel

  /// The translator of a model file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - threads: threads that compute; all cores by default.
  public init(path: String, threads: Int? = nil) throws {
    let file = try ModelFile(path: path)
    let decoding =
      try file.configuration["decoding"].map {
        try DecodingConfiguration.read($0, file: "\(path)[\(ModelFileKey.configuration)]")
      } ?? DecodingConfiguration()
    self.init(file, decoding: decoding, kernels: Kernels(threads: threads))
  }

  /// The translator of a model in memory, whose weights must not change any more.
  public init(_ file: ModelFile, decoding: DecodingConfiguration, kernels: Kernels) {
    self.file = file
    self.decoding = decoding
    self.kernels = kernels
    packed = PackedModel(file.model, weights: file.weights, kernels)
  }

  /// The longest source, in tokens, whose every position the model can look at; `nil` is any length.
  public var reach: Int? { file.model.reach }

  /// Translates one line.
  public func translate(_ line: String, withAttention: Bool = false) -> Translation {
    translate([line], withAttention: withAttention)[0]
  }

  /// Translates lines, in their order; a line without words gives an empty translation.
  public func translate(_ lines: [String], withAttention: Bool = false) -> [Translation] {
    let workspace = Workspace(kernels: kernels)
    let pass = Pass(weights: file.weights, workspace: workspace)
    let vocabulary = file.target.vocabulary
    let search = GreedySearch(
      packed, begin: vocabulary.begin, end: vocabulary.end,
      maximumLength: decoding.maximumLength)
    var result = lines.map { Translation.empty($0) }
    let sources = lines.map { file.source.encode($0) }
    // Sentences of like length go together, so that none waits for a long one.
    let order = lines.indices.filter { !sources[$0].isEmpty }.sorted {
      (sources[$0].count, $0) < (sources[$1].count, $1)
    }
    for start in stride(from: 0, to: order.count, by: decoding.batch) {
      let places = order[start..<min(start + decoding.batch, order.count)]
      workspace.reset()
      let hypotheses = search.translate(
        places.map { sources[$0] + [file.source.vocabulary.end] }, withAttention: withAttention,
        pass)
      for (place, hypothesis) in zip(places, hypotheses) {
        result[place] = translation(lines[place], sources[place], hypothesis)
      }
    }
    return result
  }

  private func translation(
    _ line: String, _ source: [Int32], _ hypothesis: Hypothesis
  ) -> Translation {
    let vocabulary = file.target.vocabulary
    return Translation(
      source: line, text: file.target.decode(hypothesis.tokens),
      sourceTokens: (source + [file.source.vocabulary.end]).map { file.source.display($0) },
      targetTokens: hypothesis.tokens.map { file.target.display($0) },
      logProbabilities: hypothesis.logProbabilities, attention: hypothesis.attention,
      isCutOff: hypothesis.tokens.last != vocabulary.end)
  }
}

/// The log-probability of a given translation.
public struct Score: Sendable, Equatable {
  /// The tokens of the target, the end token last.
  public let tokens: [String]
  /// log p of each token given the source and the tokens before it, in nats.
  public let logProbabilities: [Float]

  /// log p of the translation, in nats.
  public var logProbability: Double { logProbabilities.reduce(0) { $0 + Double($1) } }
  /// e to minus the mean log p of a token.
  public var perplexity: Double {
    exponential(-logProbability / Double(max(tokens.count, 1)))
  }
}

extension Translator {
  /// Scores given translations by the path training takes: the true previous token at every step.
  ///
  /// A side without words is scored as well: its only token is the end.
  public func score(_ pairs: [SentencePair]) -> [Score] {
    let workspace = Workspace(kernels: kernels)
    let pass = Pass(weights: file.weights, workspace: workspace)
    let encoded = pairs.map { pair in
      EncodedPair(
        source: file.source.encode(pair.source) + [file.source.vocabulary.end],
        target: file.target.encode(pair.target) + [file.target.vocabulary.end])
    }
    let order = encoded.indices.sorted {
      (encoded[$0].target.count, $0) < (encoded[$1].target.count, $1)
    }
    var result = [Score](repeating: Score(tokens: [], logProbabilities: []), count: pairs.count)
    for start in stride(from: 0, to: order.count, by: decoding.batch) {
      let places = Array(order[start..<min(start + decoding.batch, order.count)])
      workspace.reset()
      let batch = Batch(places.map { encoded[$0] })
      let losses = file.model.losses(batch, begin: file.target.vocabulary.begin, pass)
      for (row, place) in places.enumerated() {
        let rows = Int(batch.targetOffsets[row])..<Int(batch.targetOffsets[row + 1])
        result[place] = Score(
          tokens: encoded[place].target.map { file.target.display($0) },
          logProbabilities: losses[rows].map { 0 - $0 })
      }
    }
    return result
  }
}
