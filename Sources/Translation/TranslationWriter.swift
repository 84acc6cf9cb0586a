import DragomanDecoding
import DragomanText

/// Writes the translation of one line piece by piece, a step of the search at a time.
package struct TranslationWriter {
  /// Whether the last piece has come.
  package private(set) var isFinished = false

  private let translator: Translator
  private let words: [String]
  private var job: TranslationJob
  private var decoder: TextDecoder
  private var written = 0

  /// A writer before its first step.
  package init(
    _ translator: Translator, _ line: String, prefix: String = "", withAttention: Bool = false,
    withProbabilities: Bool = true
  ) {
    self.translator = translator
    words =
      translator.decoding.replaceUnknown ? translator.file.source.tokenizer.tokenize(line) : []
    job = TranslationJob(
      translator, [line], count: 1, prefix: prefix, withAttention: withAttention,
      withProbabilities: withProbabilities)
    decoder = TextDecoder(translator.file.target)
  }

  /// Goes one step, and gives what became certain by it, if something did.
  package mutating func advance() -> TranslationPiece? {
    guard !isFinished else { return nil }
    let goesOn = job.advance()
    var piece = TranslationPiece()
    if let settled = job.settled {
      let (translator, words, prefix) = (translator, words, job.prefixTokens)
      for place in written..<settled.tokens.count {
        let id = settled.tokens[place]
        piece.text += decoder.append(id) {
          if place < prefix.count { return prefix[place] }
          return words.isEmpty
            ? nil : translator.replacement(among: words, settled.attention[place])
        }
        piece.tokens.append(translator.file.target.display(id))
      }
      written = settled.tokens.count
    }
    if !goesOn || (written > 0 && job.isBatchWritten) {
      while job.advance() {}
      piece.text += decoder.finish()
      piece.translation = job.result[0][0]
      isFinished = true
    }
    return isFinished || !piece.tokens.isEmpty ? piece : nil
  }
}
