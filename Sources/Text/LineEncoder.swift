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
  /// The numbers of the tokens of all remembered words, end to end, and where each word's end.
  private var ids: [Int32] = []
  private var ends: [Int] = []
  private var edges: [WordEdges] = []
  private var scratch = TextLines()
  private var pieces: [Int32] = []

  init(_ codec: TextCodec) {
    self.codec = codec
    space = codec.vocabulary.id(utf8: WordMarks.space.span)
    if case .bpe(let pairs) = codec.tokenizer.model { bytePairs = BytePairEncoder(pairs) }
  }

  /// Appends the numbers of a line's tokens, without an end.
  mutating func append(_ line: ArraySlice<UInt8>, to result: inout [Int32]) {
    let line = codec.tokenizer.prepared(line)
    var previous: WordEdges?
    forEachWord(of: line.span) { word in
      let number = number(of: word)
      if let previous, previous.wantsSpace(before: edges[number]) { result.append(space) }
      previous = edges[number]
      for place in (number == 0 ? 0 : ends[number - 1])..<ends[number] {
        result.append(ids[place])
      }
    }
  }

  /// The place of a word in the memory, where it is by then.
  private mutating func number(of word: Span<UInt8>) -> Int {
    if words.strings.bytes.count > StringTable.enough { forget() }
    let number = Int(words.insert(word))
    if number == ends.count {
      encode([UInt8](copying: word))
      ends.append(ids.count)
    }
    return number
  }

  private mutating func encode(_ word: [UInt8]) {
    scratch.removeAll()
    codec.tokenizer.kind.cut(word, into: &scratch)
    edges.append(codec.tokenizer.kind.edges(of: scratch))
    if bytePairs != nil {
      pieces.removeAll(keepingCapacity: true)
      for stretch in scratch.indices { bytePairs?.append(scratch.utf8(at: stretch), to: &pieces) }
      for piece in pieces { ids.append(codec.pieceIDs[Int(piece)]) }
    } else {
      for token in scratch.indices {
        ids.append(codec.vocabulary.id(utf8: scratch.utf8(at: token).span))
      }
    }
  }

  private mutating func forget() {
    words = StringTable()
    ids.removeAll()
    ends.removeAll()
    edges.removeAll()
  }
}
