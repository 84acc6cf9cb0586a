import DragomanSystem

/// What comes of a step of the decoder, whatever its family: which token, and how probable it was.
package struct WalkStep: Sendable {
  /// y_{t−1}.
  package let input: WalkToken
  /// y_t, that is written or forced.
  package let output: WalkToken
  /// α_t, `[S]`: how much each source position was looked at.
  package let weights: [Float]
  /// What the softmax is taken of, `[V]`.
  package let logits: [Float]
  /// −log p(y_t), in nats.
  package let loss: Float
  /// The ten most probable tokens, the first of equals first.
  package let best: [WalkToken]

  /// The log of the sum of the exponentials of all logits.
  package var normalizer: Double { Double(loss) + Double(logits[Int(output.id)]) }
  /// p of a token.
  package func probability(of id: Int32) -> Double {
    exponential(Double(logits[Int(id)]) - normalizer)
  }
  /// p(y_t).
  package var probability: Double { exponential(-Double(loss)) }
  /// The place of y_t among all tokens by their logits, from 1.
  package var rank: Int { 1 + logits.count { $0 > logits[Int(output.id)] } }
}
