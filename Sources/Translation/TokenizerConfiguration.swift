public import DragomanText

/// How text becomes tokens: the `tokenizer` object of a configuration.
public struct TokenizerConfiguration: Sendable, Equatable {
  /// What a token is.
  public var kind = TokenizerKind.bpe
  /// What a token of the target is, if that is something else.
  public var targetKind: TokenizerKind?
  /// Most entries of a vocabulary, the special ones included.
  public var vocabulary = 4000
  /// Rarer tokens are left out of the vocabulary.
  public var minimumFrequency = 1
  /// The chance that a merge of byte pairs is left out, each epoch anew, while training.
  public var dropout = 0.0
  /// Whether source and target have one vocabulary.
  public var shared = false
  /// Whether all text is made lower-case.
  public var lowercase = false

  /// The default tokenizer.
  public init() {}

  /// What a token is on either side.
  public var kinds: (source: TokenizerKind, target: TokenizerKind) { (kind, targetKind ?? kind) }
}
