/// How the tokens of a target learn of those before them.
package enum SelfAttentionKind: String, CaseIterable, Sendable {
  /// Causal self-attention.
  case attention
  /// A simpler simple recurrent unit.
  case ssru
}
