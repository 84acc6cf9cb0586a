import DragomanDecoding
import DragomanModels
import DragomanSystem
import DragomanLayers
import DragomanTensor
public import DragomanText

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
  /// The probabilities of several models are averaged, token by token, as when they translate together. A side without
  /// words is scored as well: its only token is the end.
  public func score(_ pairs: [SentencePair]) -> [Score] {
    let workspace = Workspace(kernels: kernels)
    precondition(decoding.batch >= 1, "decoding.batch is \(decoding.batch)")
    let encoded = pairs.map { pair in
      EncodedPair(
        source: file.source.encode(pair.source) + [file.source.vocabulary.end],
        target: file.target.encode(pair.target) + [file.target.vocabulary.end])
    }
    let order = encoded.indices.sorted {
      (encoded[$1].target.count, $0) < (encoded[$0].target.count, $1)
    }
    var result = [Score](repeating: Score(tokens: [], logProbabilities: []), count: pairs.count)
    for start in stride(from: 0, to: order.count, by: decoding.batch) {
      let places = Array(order[start..<min(start + decoding.batch, order.count)])
      let batch = Batch(places.map { encoded[$0] }, begin: file.target.vocabulary.begin)
      let found = logProbabilities(of: batch, workspace)
      for (row, place) in places.enumerated() {
        let rows = Int(batch.targetOffsets[row])..<Int(batch.targetOffsets[row + 1])
        result[place] = Score(
          tokens: encoded[place].target.map { file.target.display($0) },
          logProbabilities: Array(found[rows]))
      }
    }
    return result
  }

  /// log p of each target token of a batch: that of the model, or of the mean of the models' probabilities.
  private func logProbabilities(of batch: Batch, _ workspace: Workspace) -> [Float] {
    let ofModels = packed.map { packed in
      workspace.reset()
      let pass = Pass(weights: packed.weights, workspace: workspace)
      return packed.model.losses(batch, pass).map { 0 - $0 }
    }
    guard ofModels.count > 1 else { return ofModels[0] }
    return ofModels[0].indices.map { token in
      let values = ofModels.map { Double($0[token]) }
      let greatest = values.max() ?? 0
      let sum = values.reduce(0) { $0 + exponential($1 - greatest) }
      return Float(greatest + logarithm(sum / Double(values.count)))
    }
  }
}
