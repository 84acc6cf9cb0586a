import DragomanDecoding
import DragomanText

/// Makes translations of what a search has written: text of tokens, with words of the source for unknown ones.
struct TranslationBuilder: Sendable {
  /// Reads sources; `nil` if they are not text.
  let source: TextCodec?
  /// Writes targets.
  let target: TextCodec
  /// What translations hold.
  let options: TranslationOptions
  /// What takes the place of unknown tokens; `nil` if they stay unknown.
  private let dictionary: WordDictionary?
  /// The tokens of the prefix as they were given: the vocabulary may not have them.
  private let prefix: [String]

  /// What makes translations of a pair of languages.
  init(
    source: TextCodec?, target: TextCodec, dictionary: WordDictionary?,
    _ options: TranslationOptions
  ) {
    self.source = source
    self.target = target
    self.dictionary = dictionary
    self.options = options
    prefix = target.tokenizer.tokenize(options.prefix)
  }

  /// What a search has to do for these translations.
  ///
  /// - Parameters:
  ///   - count: translations of each line.
  ///   - isTraced: whether it says what it did.
  func searchOptions(count: Int, isTraced: Bool) -> SearchOptions {
    SearchOptions(
      prefix: target.encode(options.prefix), count: count,
      withAttention: options.withAttention || dictionary != nil,
      withProbabilities: options.withProbabilities, isTraced: isTraced)
  }

  /// The translation that a hypothesis is.
  ///
  /// - Parameters:
  ///   - hypothesis: found by a search with ``searchOptions(count:isTraced:)``.
  ///   - line: the line as it was given.
  ///   - ids: its tokens, without an end.
  func translation(_ hypothesis: Hypothesis, of line: String, _ ids: [Int32]) -> Translation {
    let tokens = hypothesis.tokens
    let isReplacing = dictionary != nil && tokens.contains(target.vocabulary.unknown)
    let words = isReplacing || options.withAttention ? source?.tokenizer.tokenize(line) ?? [] : []
    func replacement(_ place: Int) -> String? {
      self.replacement(at: place, words: words, hypothesis.attention)
    }
    let read = source.map { ids + [$0.vocabulary.end] } ?? []
    var translation = Translation(
      source: line, text: target.decode(tokens, replacement: replacement),
      sourceTokens: source.map { codec in read.map { codec.display($0) } } ?? [],
      targetTokens: tokens.map { target.display($0) },
      logProbabilities: hypothesis.logProbabilities,
      attention: options.withAttention ? hypothesis.attention : [],
      sourceWords: options.withAttention
        ? source.map { $0.tokenizer.words(of: words) + [nil] } ?? [] : [],
      targetWords: options.withAttention ? target.words(of: tokens, replacement: replacement) : [],
      score: hypothesis.score, isCutOff: !hypothesis.isFinished, sourceIDs: read, targetIDs: tokens)
    translation.isBroken = hypothesis.isBroken
    return translation
  }

  /// The tokens of a line, one of which may take the place of an unknown one; empty where none does.
  func words(of line: String) -> [String] {
    dictionary == nil ? [] : source?.tokenizer.tokenize(line) ?? []
  }

  /// What takes the place of an unknown token: that of the prefix as it was given; after the prefix the token of the
  /// source that was looked at most, the first of equals, or its entry in the dictionary.
  ///
  /// - Parameters:
  ///   - place: where it stands.
  ///   - words: the tokens of the line, without an end.
  ///   - attention: for each written token, the weight of each source token; read only where a word is to be found.
  /// - Returns: a token, or `nil` if unknown ones stay as they are or the line has no words.
  func replacement(at place: Int, words: [String], _ attention: [[Float]]) -> String? {
    if place < prefix.count { return prefix[place] }
    guard let dictionary, let source, !words.isEmpty else { return nil }
    return attention[place].prefix(words.count).indexOfGreatest.map { place in
      let word = words[place]
      if let stated = dictionary[word] { return stated }
      // Marks of the source's tokens mean nothing to tokens of another kind.
      let isAlike = source.tokenizer.kind == target.tokenizer.kind
      return isAlike ? word : source.tokenizer.detokenize([word])
    }
  }
}

extension ArraySlice<Float> {
  /// Where the greatest element stands, the first of equals.
  fileprivate var indexOfGreatest: Int? {
    indices.reduce(nil) { best, place in
      if let best, !(self[place] > self[best]) { return best }
      return place
    }
  }
}
