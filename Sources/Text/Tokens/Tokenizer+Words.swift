extension Tokenizer {
  /// For each token the number of the word that it belongs to, counted from 0.
  ///
  /// Words are what white space separates in ``detokenize(_:)``, whatever the kind of the tokens: those that
  /// splitting the text at its spaces gives. A token of several words belongs to the first of them, and one that is
  /// nothing but a space to the word before. There is no number if there is no word at all.
  ///
  /// - Complexity: quadratic in the tokens of a word.
  package func words(of tokens: [String]) -> [Int?] {
    var result: [Int?] = []
    // Where the last word begins, its number, and how many words there are from there on.
    var (start, number, count) = (0, 0, 0)
    for index in tokens.indices {
      // What a token adds depends on the one before it and on nothing else.
      let text = detokenize(tokens[start...index])
      let found = text.split(separator: " ").count
      if found > count {
        number += count
        if count > 0 { start = index }
        count = found - count
      } else {
        count = found
      }
      result.append(number)
    }
    let hasWords = tokens.isEmpty || number + count > 0
    return hasWords ? result : result.map { _ in nil }
  }
}
