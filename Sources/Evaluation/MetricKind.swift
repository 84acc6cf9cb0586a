/// The metrics by the names under which they are asked for.
package enum MetricKind: String, CaseIterable, Sendable {
  /// ``BLEU``.
  case bleu
  /// ``ChrF`` over characters.
  case chrF = "chrf"
  /// ``ChrF`` over characters, words and pairs of words.
  case chrFPlusPlus = "chrf++"
  /// ``TER``.
  case ter
  /// ``ExactMatch``.
  case exact
  /// ``ErrorRate`` over words.
  case wordErrorRate = "wer"
  /// ``ErrorRate`` over characters.
  case characterErrorRate = "cer"

  /// The metric with its usual settings, or others where it has them.
  ///
  /// - Parameters:
  ///   - tokenizer: how BLEU cuts text; the other metrics have a way of their own.
  ///   - lowercase: whether case is ignored, which TER always does.
  package func metric(
    tokenizer: BLEUTokenizer = .thirteenA, lowercase: Bool = false
  ) -> any Metric {
    switch self {
    case .bleu: BLEU(tokenizer: tokenizer, lowercase: lowercase)
    case .chrF: ChrF(lowercase: lowercase)
    case .chrFPlusPlus: ChrF(wordOrder: 2, lowercase: lowercase)
    case .ter: TER()
    case .exact: ExactMatch(lowercase: lowercase)
    case .wordErrorRate: ErrorRate(.word, lowercase: lowercase)
    case .characterErrorRate: ErrorRate(.character, lowercase: lowercase)
    }
  }
}
