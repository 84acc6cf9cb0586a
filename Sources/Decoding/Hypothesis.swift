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
  /// Whether it ends because what the model computed was not a number.
  package var isBroken = false

  /// log p of the translation, in nats.
  package var logProbability: Double { logProbabilities.reduce(0) { $0 + Double($1) } }

  /// The same without numbers that were not asked for, and that not every way of finding it computes.
  var withoutProbabilities: Hypothesis {
    var result = self
    (result.logProbabilities, result.score) = ([], 0)
    return result
  }
}
