/// A sentence that cannot be walked through.
package enum WalkError: Error, Equatable, CustomStringConvertible {
  /// There is nothing to read.
  case noWords
  /// A side has too many tokens.
  case tooLong(side: String, tokens: Int)
  /// What the model computes are no numbers.
  case noNumbers

  /// What was expected, and what to do.
  package var description: String {
    switch self {
    case .noWords: "the phrase has no words: expected a sentence to translate"
    case .tooLong(let side, let tokens):
      "the \(side) has \(tokens) tokens, its end included; expected at most \(Walk.longest): "
        + "explain a shorter sentence"
    case .noNumbers:
      "the model has no most probable token, since what it computes is infinite or no number: "
        + "look at its tensors by 'dragoman inspect --tensors'"
    }
  }
}
