/// A sentence and its translation, as text.
public struct SentencePair: Sendable, Equatable {
  /// The sentence to be read.
  public var source: String
  /// The sentence to be written.
  public var target: String

  /// A pair of sentences.
  public init(source: String, target: String) {
    self.source = source
    self.target = target
  }
}
