import DragomanEvaluation
import DragomanTranslation

/// What a model is judged by while it trains.
package enum ValidationMetric: String, CaseIterable, Sendable {
  /// Nats per target token.
  case loss
  /// e to the loss.
  case perplexity
  /// BLEU of translations, as `dragoman evaluate` prints it; of a model that reads and writes lower case, as it prints
  /// it with `--lowercase`, and so for the other two.
  case bleu
  /// BLEU-1 as captions are judged by, and so on up to BLEU-4.
  case bleu1
  case bleu2
  case bleu3
  case bleu4
  /// CIDEr-D.
  case cider
  /// chrF of translations.
  case chrf
  /// Per cent of translations that equal their reference.
  case exactMatch
  /// Per cent of examples whose class is right.
  case accuracy
  /// The mean of the classes' F1, in per cent: rare classes count as much as frequent ones.
  case macroF1

  /// Whether more is better.
  package var isHigherBetter: Bool {
    switch self {
    case .loss, .perplexity: false
    case .bleu, .bleu1, .bleu2, .bleu3, .bleu4, .cider, .chrf, .exactMatch, .accuracy, .macroF1:
      true
    }
  }

  /// Whether the validation sources have to be translated.
  package var needsTranslations: Bool { isHigherBetter }

  /// Its name in a sentence.
  package var name: String {
    switch self {
    case .loss: "loss"
    case .perplexity: "perplexity"
    case .bleu: "BLEU"
    case .bleu1: "BLEU-1"
    case .bleu2: "BLEU-2"
    case .bleu3: "BLEU-3"
    case .bleu4: "BLEU-4"
    case .cider: "CIDEr-D"
    case .chrf: "chrF"
    case .exactMatch: "exact match"
    case .accuracy: "accuracy"
    case .macroF1: "macro F1"
    }
  }

  /// The tasks that it is a figure of.
  var tasks: [ModelTask] {
    switch self {
    case .loss, .perplexity: ModelTask.allCases
    case .bleu, .bleu1, .bleu2, .bleu3, .bleu4, .cider, .chrf, .exactMatch:
      [.translation, .captioning]
    case .accuracy, .macroF1: [.classification]
    }
  }

  /// Whether one figure is better than another; equal ones are not.
  func isBetter(_ one: Double, than other: Double) -> Bool {
    isHigherBetter ? one > other : one < other
  }

  /// What computes the figure of translations; `nil` for what is not a figure of translations.
  func metric(lowercase: Bool) -> (any Metric)? {
    switch self {
    case .loss, .perplexity, .accuracy, .macroF1: nil
    case .bleu: BLEU(lowercase: lowercase)
    case .bleu1: CaptionBLEU(order: 1, lowercase: lowercase)
    case .bleu2: CaptionBLEU(order: 2, lowercase: lowercase)
    case .bleu3: CaptionBLEU(order: 3, lowercase: lowercase)
    case .bleu4: CaptionBLEU(order: 4, lowercase: lowercase)
    case .cider: CIDEr(lowercase: lowercase)
    case .chrf: ChrF(lowercase: lowercase)
    case .exactMatch: ExactMatch(lowercase: lowercase)
    }
  }

  /// How many decimals of a figure in per cent, or of CIDEr-D, say something.
  package var decimals: Int { metric(lowercase: false)?.decimals ?? 2 }

  /// The figure of classes in per cent; `nil` for what is not a figure of classes.
  func score(classes found: [String], expected: [String]) -> Double? {
    guard self == .accuracy || self == .macroF1 else { return nil }
    let matrix = ConfusionMatrix(found: found, expected: expected)
    return 100 * (self == .accuracy ? matrix.accuracy : matrix.macroF1)
  }
}
