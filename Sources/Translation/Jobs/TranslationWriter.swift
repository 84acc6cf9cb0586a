import DragomanText

/// Writes the translation of one line piece by piece, a step of the search at a time.
package struct TranslationWriter {
  /// Whether the last piece has come.
  package private(set) var isFinished = false

  /// The line that is being translated.
  private var job: TranslationJob
  /// What makes text of tokens as they come.
  private var decoder: TextDecoder
  /// The tokens of the line, where one may take the place of an unknown one.
  private let words: [String]
  /// Tokens that have come.
  private var written = 0

  /// A writer of a job of one line, which has not begun.
  init(_ job: TranslationJob) {
    self.job = job
    decoder = TextDecoder(job.builder.target)
    words = job.builder.words(of: job.lines[0])
  }

  /// Goes one step, and gives what became certain by it, if something did.
  package mutating func advance() -> TranslationPiece? {
    guard !isFinished else { return nil }
    let goesOn = job.advance()
    var piece = TranslationPiece()
    if let settled = job.settled {
      let (builder, words) = (job.builder, words)
      for place in written..<settled.tokens.count {
        let id = settled.tokens[place]
        piece.text += decoder.append(id) {
          builder.replacement(at: place, words: words, settled.attention)
        }
        piece.tokens.append(builder.target.display(id))
      }
      written = settled.tokens.count
    }
    if !goesOn || (written > 0 && job.isBatchWritten) {
      piece.text += decoder.finish()
      piece.translation = job.finished()[0].translations[0]
      isFinished = true
    }
    return isFinished || !piece.tokens.isEmpty ? piece : nil
  }
}
