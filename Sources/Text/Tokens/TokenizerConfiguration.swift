/// How text becomes tokens: the `tokenizer` object of a configuration.
package struct TokenizerConfiguration: Sendable, Equatable {
  /// What a token is.
  package var kind = TokenizerKind.bpe
  /// What a token of the target is, if that is something else.
  package var targetKind: TokenizerKind?
  /// Most entries of a vocabulary, the special ones included.
  package var vocabulary = 4000
  /// Rarer tokens are left out of the vocabulary.
  package var minimumFrequency = 1
  /// The chance that a merge of byte pairs is left out, each epoch anew, while training.
  package var dropout = 0.0
  /// Whether source and target have one vocabulary.
  package var shared = false
  /// Which sides are made lower-case.
  package var lowercase = Lowercasing.none
  /// Which of several equal spellings is read.
  package var form = UnicodeForm.nfc
  /// Whether marks of punctuation that mean the same are one in the source.
  package var punctuation = PunctuationStyle.asIs

  /// The default tokenizer.
  package init() {}

  /// What is done to text before it is cut.
  package var normalization: TextNormalization {
    get { TextNormalization(form: form, lowercase: lowercase, punctuation: punctuation) }
    set {
      (form, lowercase, punctuation) = (newValue.form, newValue.lowercase, newValue.punctuation)
    }
  }

  /// What a token is on either side.
  package var kinds: (source: TokenizerKind, target: TokenizerKind) { (kind, targetKind ?? kind) }
}
