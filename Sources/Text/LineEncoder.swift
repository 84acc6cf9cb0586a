/// Encodes line after line, and remembers the words it has seen.
///
/// Natural text repeats its words, so nearly all come from the memory, and a word costs a look-up whatever
/// the tokenizer.
struct LineEncoder: Sendable {
  private let codec: TextCodec
  /// The number of the token ▁.
  private let space: Int32
  private var bytePairs: BytePairEncoder?
  private var words = StringTable()
  private var known: [Word] = []
  /// The numbers of the tokens of all remembered words, end to end.
  private var ids: [Int32] = []
  private var scratch = TextLines()
  private var pieces: [Int32] = []

  /// What is remembered of a word: where its numbers are.
  private struct Word {
    let start: Int32
    let end: Int32
    let edges: WordEdges
  }

  init(_ codec: TextCodec) {
    self.codec = codec
    let mark = WordMarks.space
    space = codec.vocabulary.id(utf8: mark.span)
    if case .bpe(let pairs) = codec.tokenizer.model { bytePairs = BytePairEncoder(pairs) }
  }

  /// Appends the numbers of a line's tokens, without an end.
  mutating func append(_ line: Span<UInt8>, to result: inout [Int32]) {
    var previous: WordEdges?
    codec.tokenizer.normalizer.forEachWord(of: line) { word in
      let word = recall(word)
      if let previous, previous.wantsSpace(before: word.edges) { result.append(space) }
      previous = word.edges
      for place in word.start..<word.end { result.append(ids[Int(place)]) }
    }
  }

  /// Appends the numbers of a line's pieces, with merges left out as `isDropped` decides; the tokens of other kinds
  /// than `bpe` are what they always are.
  mutating func append(
    _ line: Span<UInt8>, to result: inout [Int32], isDropped: () -> Bool
  ) {
    guard bytePairs != nil else { return append(line, to: &result) }
    codec.tokenizer.normalizer.forEachWord(of: line) { word in
      append(word: [UInt8](copying: word), to: &result, isDropped: isDropped)
    }
  }

  private mutating func append(
    word: [UInt8], to result: inout [Int32], isDropped: () -> Bool
  ) {
    scratch.removeAll()
    codec.tokenizer.kind.cut(word, into: &scratch)
    pieces.removeAll(keepingCapacity: true)
    for stretch in scratch.indices {
      bytePairs?.append(
        scratch.utf8(at: stretch).span, to: &pieces, isDropped: isDropped)
    }
    for piece in pieces { result.append(codec.pieceIDs[Int(piece)]) }
  }

  /// What is remembered of a word by then.
  private mutating func recall(_ word: Span<UInt8>) -> Word {
    if words.strings.bytes.count > StringTable.enough { forget() }
    let number = Int(words.insert(word))
    if number == known.count { known.append(encode([UInt8](copying: word))) }
    return known[number]
  }

  private mutating func encode(_ word: [UInt8]) -> Word {
    let start = Int32(ids.count)
    scratch.removeAll()
    codec.tokenizer.kind.cut(word, into: &scratch)
    if bytePairs != nil {
      pieces.removeAll(keepingCapacity: true)
      for stretch in scratch.indices {
        bytePairs?.append(scratch.utf8(at: stretch).span, to: &pieces)
      }
      for piece in pieces { ids.append(codec.pieceIDs[Int(piece)]) }
    } else {
      for token in scratch.indices {
        ids.append(codec.vocabulary.id(utf8: scratch.utf8(at: token).span))
      }
    }
    return Word(
      start: start, end: Int32(ids.count), edges: codec.tokenizer.kind.edges(of: word))
  }

  private mutating func forget() {
    words = StringTable()
    known.removeAll()
    ids.removeAll()
  }
}
