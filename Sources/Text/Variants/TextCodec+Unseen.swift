extension TextCodec {
  /// The words of a line that nothing was learnt of, each once, in their order and as a person should see them.
  ///
  /// Of words and characters these are the tokens that the vocabulary lacks. Of pieces, to which nothing is unknown,
  /// they are words that stood in no text learnt from; numbers aside, which are spelt digit by digit.
  ///
  /// - Parameter texts: for pieces, the words learnt from; `nil` if that is not known.
  package func unseenWords(of line: String, among texts: [WordFilter]?) -> [String] {
    var known: Set<String> = []
    switch tokenizer.kind {
    case .word, .character:
      return tokenizer.tokenize(line).filter { vocabulary.id(of: $0) == vocabulary.unknown }
        .map(spelling).filter { known.insert($0).inserted }
    case .bpe:
      guard let texts else { return [] }
      var tokens = TextLines()
      WordTokenizer.append(
        Array(tokenizer.normalize(line).utf8), to: &tokens)
      return tokens.indices.compactMap { index in
        let word = WordMarks.parse(Array(tokens.utf8(at: index))).core
        let isKnown = Self.isNumber(word) || texts.contains { $0.contains(word) }
        let text = Tokenizer.printable(String(decoding: word, as: UTF8.self))
        return isKnown || word.isEmpty || !known.insert(text).inserted ? nil : text
      }
    }
  }

  /// A token as a person should see it; a mark that is known where it follows a word without a space has one before it.
  private func spelling(_ token: String) -> String {
    let text = tokenizer.display(token)
    guard tokenizer.kind == .word else { return text }
    let joined = String(decoding: WordMarks.joiner, as: UTF8.self) + token
    return vocabulary.id(of: joined) == vocabulary.unknown ? text : " " + text
  }

  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    String(decoding: word, as: UTF8.self).unicodeScalars
      .allSatisfy { ScalarClass($0.value) == .digit }
  }
}
