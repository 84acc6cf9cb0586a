import DragomanTensor

/// Tokens that may not come next: an end before its time, the last one of an n-gram that was there before, and those
/// that may never.
///
/// What may come keeps its probability; nothing is normalised anew.
struct TokenFilter: Sendable {
  /// The id that ends a target.
  let end: Int32
  /// n of the n-grams that may not repeat; 0 for none.
  let noRepeat: Int
  /// Tokens that may never come: the begin, and, where that is asked for, the unknown one.
  let forbidden: [Int32]

  /// Whether a step changes anything, given the smallest number of tokens that a sentence must have.
  func isActive(step: Int, minimum: Int) -> Bool { noRepeat > 0 || step < minimum }

  /// Sets what may never come to −∞ in all rows of log-probabilities or of logits whose normalisers are kept.
  func applyAlways(to scores: Matrix) {
    for row in 0..<scores.rows {
      for token in forbidden { scores[row, Int(token)] = -.infinity }
    }
  }

  /// Sets what may not follow `tokens` to −∞ in a row of log-probabilities.
  func apply(to scores: Matrix, row: Int, after tokens: [Int32], minimum: Int) {
    for token in repeating(tokens) { scores[row, Int(token)] = -.infinity }
    if end >= 0, tokens.count < minimum { scores[row, Int(end)] = -.infinity }
  }

  /// The tokens that would make an n-gram that is there already.
  func repeating(_ tokens: [Int32]) -> Set<Int32> {
    guard noRepeat > 0, tokens.count >= noRepeat else { return [] }
    let last = tokens.suffix(noRepeat - 1)
    var result: Set<Int32> = []
    for place in (noRepeat - 1)..<tokens.count
    where tokens[(place - noRepeat + 1)..<place].elementsEqual(last) {
      result.insert(tokens[place])
    }
    return result
  }
}
