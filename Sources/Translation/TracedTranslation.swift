public import DragomanDecoding

/// Translations of a line, and how they were found.
public struct TracedTranslation: Sendable, Equatable {
  /// The translations, the best first.
  public let translations: [Translation]
  /// What the search did.
  public let trace: SearchTrace

  /// Translations of a line with the trace of their search.
  init(_ translations: [Translation], _ trace: SearchTrace) {
    self.translations = translations
    self.trace = trace
  }
}
