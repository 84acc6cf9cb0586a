/// What is done to every text before it is cut into tokens, as a configuration and a model file state it.
///
/// The default does nothing but put white space in order, as version 0.1 did.
package struct TextNormalization: Sendable, Equatable {
  /// Which of several equal spellings is read.
  package var form = UnicodeForm.none
  /// Which sides are made lower-case.
  package var lowercase = Lowercasing.none
  /// Whether marks of punctuation that mean the same are one.
  package var punctuation = PunctuationStyle.asIs

  /// What is done to the text.
  package init(
    form: UnicodeForm = .none, lowercase: Lowercasing = .none, punctuation: PunctuationStyle = .asIs
  ) {
    (self.form, self.lowercase, self.punctuation) = (form, lowercase, punctuation)
  }

  /// A reference as a model would write it, but for case: in the form of a target.
  ///
  /// So a translation is not found wrong for a spelling that the model cannot have.
  package func reference(_ line: String) -> String {
    guard form != .none else { return line }
    let normalizer = TextNormalizer(TextNormalization(form: form), .target)
    return String(decoding: normalizer.normalized(line), as: UTF8.self)
  }

  /// What is done to the lines of a side, each with a comma before it: `, lower-case, NFC`.
  package func words(_ side: TextSide) -> String {
    let lowered = lowercase.includes(side) ? ", lower-case" : ""
    let folded = punctuation == .folded && side == .source ? ", folded punctuation" : ""
    return lowered + (form == .none ? "" : ", \(form.rawValue.uppercased())") + folded
  }
}

/// The side of a pair that a text belongs to.
package enum TextSide: Sendable {
  /// What is read.
  case source
  /// What is written.
  case target
}

/// Which sides are made lower-case: `tokenizer.lowercase` of a configuration.
package enum Lowercasing: Sendable, Equatable {
  /// Neither.
  case none
  /// Both.
  case both
  /// What is read.
  case source

  /// The sides that a flag stands for.
  package init(_ isLowercase: Bool) { self = isLowercase ? .both : .none }

  /// Whether a side is made lower-case.
  func includes(_ side: TextSide) -> Bool { self == .both || self == .source && side == .source }
}

/// How punctuation is read: `tokenizer.punctuation` of a configuration.
package enum PunctuationStyle: String, CaseIterable, Sendable {
  /// As it is written.
  case asIs
  /// In the source curly quotation marks, dashes and ellipses as those of a typewriter.
  case folded
}
