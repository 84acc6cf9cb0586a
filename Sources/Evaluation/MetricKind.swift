/// The metrics by the names under which they are asked for.
package enum MetricKind: String, CaseIterable, Sendable {
  /// ``BLEU``.
  case bleu
  /// ``CaptionBLEU`` of words.
  case bleu1
  /// ``CaptionBLEU`` of words and pairs.
  case bleu2
  /// ``CaptionBLEU`` up to three words.
  case bleu3
  /// ``CaptionBLEU`` up to four words.
  case bleu4
  /// ``CIDEr``.
  case cider
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
  /// ``AlignmentErrorRate``, of alignments in place of translations.
  case alignmentErrorRate = "aer"

  /// The metric with its usual settings, or others where it has them.
  ///
  /// - Parameters:
  ///   - tokenizer: how BLEU and CIDEr-D cut text, if not as they usually do; the other metrics have a way of their
  ///   own.
  ///   - lowercase: whether case is ignored, which TER always does.
  package func metric(
    tokenizer: BLEUTokenizer? = nil, lowercase: Bool = false
  ) -> any Metric {
    func caption(_ order: Int) -> CaptionBLEU {
      CaptionBLEU(order: order, tokenizer: tokenizer ?? .none, lowercase: lowercase)
    }
    return switch self {
    case .bleu: BLEU(tokenizer: tokenizer ?? .thirteenA, lowercase: lowercase)
    case .bleu1: caption(1)
    case .bleu2: caption(2)
    case .bleu3: caption(3)
    case .bleu4: caption(4)
    case .cider: CIDEr(tokenizer: tokenizer ?? .none, lowercase: lowercase)
    case .chrF: ChrF(lowercase: lowercase)
    case .chrFPlusPlus: ChrF(wordOrder: 2, lowercase: lowercase)
    case .ter: TER()
    case .exact: ExactMatch(lowercase: lowercase)
    case .wordErrorRate: ErrorRate(.word, lowercase: lowercase)
    case .characterErrorRate: ErrorRate(.character, lowercase: lowercase)
    case .alignmentErrorRate: AlignmentErrorRate()
    }
  }

  /// Whether it is told how text is cut into words.
  package var takesTokenizer: Bool {
    switch self {
    case .bleu, .bleu1, .bleu2, .bleu3, .bleu4, .cider: true
    case .chrF, .chrFPlusPlus, .ter, .exact, .wordErrorRate, .characterErrorRate,
      .alignmentErrorRate:
      false
    }
  }
}
