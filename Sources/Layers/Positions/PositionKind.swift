/// The vectors that tell a Transformer where tokens stand.
package enum PositionKind: String, CaseIterable, Sendable {
  /// Sines and cosines of the position, of falling frequency.
  case sinusoid
  /// A vector that is learnt for each position.
  case learnt
}
