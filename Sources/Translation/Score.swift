import DragomanSystem

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

extension Score {
  /// log of the mean of the probabilities that models give, token by token, of the logs of these.
  static func mean(of models: [[Float]]) -> [Float] {
    guard models.count > 1 else { return models[0] }
    return models[0].indices.map { token in
      let values = models.map { Double($0[token]) }
      let greatest = values.max() ?? 0
      let sum = values.reduce(0) { $0 + exponential($1 - greatest) }
      return Float(greatest + logarithm(sum / Double(values.count)))
    }
  }
}
