/// What a corpus is for, which decides how text is cut and how large a model should be.
package enum TaskPreset: String, CaseIterable, Sendable {
  /// Sentences into sentences of another language.
  case translation
  /// Words or names into another script, letter by letter; also inflection, spelling, dates.
  case transliteration
  /// Words into their sounds.
  case g2p
}
