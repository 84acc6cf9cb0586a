/// One way to translate a source: its tokens, how probable they are, and where the decoder looked.
package struct Hypothesis: Sendable, Equatable {
  /// Target ids; the end token is the last one, unless the limit cut the translation off.
  package var tokens: [Int32] = []
  /// log p of each token given those before it, in nats; empty unless asked for.
  package var logProbabilities: [Float] = []
  /// For each token, the weight of each source token; empty unless asked for.
  package var attention: [[Float]] = []
  /// By what it is compared with others of its source: normalised by length, less the coverage penalty; 0 if
  /// probabilities were not asked for.
  package var score = 0.0
  /// Whether the end token is there.
  package var isFinished = false

  /// log p of the translation, in nats.
  package var logProbability: Double { logProbabilities.reduce(0) { $0 + Double($1) } }

  /// A hypothesis of no tokens.
  package init() {}

  /// The same without numbers that were not asked for, and that not every way of finding it computes.
  var withoutProbabilities: Hypothesis {
    var result = self
    (result.logProbabilities, result.score) = ([], 0)
    return result
  }
}

/// A hypothesis that is being written: a row of the batch.
struct LiveHypothesis {
  /// Which of the sources.
  let sentence: Int
  /// Its last token in the ``Trellis``.
  var node = Trellis.root
  /// The id of its last token.
  var token: Int32
  /// Tokens so far.
  var length = 0
  /// log p so far, in nats.
  var logProbability = 0.0
  /// The number of its first random number, where tokens are drawn; that of the next token follows.
  var stream: UInt64 = 0
}

/// A token that a live hypothesis goes on with.
struct Continuation: Equatable {
  /// The row of the hypothesis.
  let row: Int
  /// The token.
  let token: Int32
  /// log p of the token, in nats.
  let logProbability: Float
}
