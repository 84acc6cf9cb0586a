/// What came to a translation while it was being written.
public struct TranslationPiece: Sendable, Equatable {
  /// The text that goes after what came before, spaces included; empty if a token only prepares what comes.
  public internal(set) var text = ""
  /// The tokens that became certain.
  public internal(set) var tokens: [String] = []
  /// The whole translation with its scores: with the last piece, which always comes, and only with it.
  public internal(set) var translation: Translation?
}
