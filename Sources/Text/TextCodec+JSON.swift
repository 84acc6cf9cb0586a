package import DragomanFormats

/// A tokenizer and its vocabulary as a model file holds them:
///
///     {"kind": "word", "lowercase": false, "vocabulary": ["<unk>", "<s>", "</s>", "the", …]}
///     {"kind": "bpe", "lowercase": "source", "normalization": "nfc", "punctuation": "folded", "alphabet": "etao…",
///      "merges": [256, 258, …]}
///
/// What is not stated of `normalization` and `punctuation` is "none" and "asIs", as in files of earlier versions.
///
/// `merges` holds two piece numbers per merge: pieces are 256 bytes, then the scalars of the alphabet, then one per
/// merge. The vocabulary of `bpe` is the specials and then all pieces, and is written only where it differs.
extension TextCodec {
  /// The codec as JSON.
  package var json: JSON {
    let normalization = tokenizer.normalization
    let head: JSON = [
      "kind": .string(tokenizer.kind.rawValue), "lowercase": normalization.lowercase.json,
      "normalization": normalization.form == .none ? nil : .string(normalization.form.rawValue),
      "punctuation": normalization.punctuation == .asIs
        ? nil : .string(normalization.punctuation.rawValue),
    ]
    guard case .bpe(let pairs) = tokenizer.model else {
      return head.adding(["vocabulary": .strings(vocabulary.tokens)])
    }
    var alphabet = ""
    alphabet.unicodeScalars.append(contentsOf: pairs.alphabet.compactMap(Unicode.Scalar.init))
    return head.adding([
      "alphabet": .string(alphabet),
      "merges": .ints(pairs.merges.flatMap { [Int($0.left), Int($0.right)] }),
      "vocabulary": vocabulary == pairs.vocabulary ? nil : .strings(vocabulary.tokens),
    ])
  }

  /// The codec that a model file holds, for the lines of a side; `file` names it in errors.
  package init(_ json: JSON, side: TextSide = .source, file: String) throws(FormatError) {
    let reader = CodecReader(json: json, file: file)
    let kind: TokenizerKind = try reader.choice("kind")
    let normalization = TextNormalization(
      form: json["normalization"] == nil ? .none : try reader.choice("normalization"),
      lowercase: try reader.value("lowercase", Lowercasing.words) { Lowercasing($0) },
      punctuation: json["punctuation"] == nil ? .asIs : try reader.choice("punctuation"))
    switch kind {
    case .word, .character:
      self.init(
        tokenizer: Tokenizer(
          model: kind == .word ? .word : .character, normalization, side: side),
        vocabulary: try reader.vocabulary())
    case .bpe:
      let pairs = try reader.bytePairs()
      self.init(
        tokenizer: Tokenizer(model: .bpe(pairs), normalization, side: side),
        vocabulary: json["vocabulary"] == nil ? pairs.vocabulary : try reader.vocabulary())
    }
  }
}

extension BytePairs {
  /// The specials, then all pieces.
  var vocabulary: Vocabulary { Vocabulary((0..<Int32(count)).lazy.map { token($0) }) }
}

/// Reads the members of a codec's object, and says where they are wrong.
private struct CodecReader {
  let json: JSON
  let file: String

  func value<Value>(
    _ key: String, _ expected: String, _ read: (JSON) -> Value?
  ) throws(FormatError) -> Value {
    guard let member = json[key] else { throw error(json, "'\(key)'", "none") }
    guard let value = read(member) else { throw error(member, expected, member.brief) }
    return value
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String
  ) throws(FormatError) -> Choice {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    return try value(key, "one of \(words)") { $0.string.flatMap { Choice(rawValue: $0) } }
  }

  func vocabulary() throws(FormatError) -> Vocabulary {
    var tokens: [String] = []
    for token in try value("vocabulary", "an array of strings", \.array) {
      guard let text = token.string else { throw error(token, "a string", token.brief) }
      tokens.append(text)
    }
    do {
      return try Vocabulary(checking: tokens)
    } catch {
      let elements = json["vocabulary"]?.array ?? []
      switch error {
      case .repeated(let token, let first, let second):
        throw self.error(
          elements[second], "tokens that differ", "\(Excerpt.quoted(token)) as in place \(first)")
      case .missing(let special):
        throw self.error(json["vocabulary"] ?? json, "the special token '\(special)'", "none")
      }
    }
  }

  /// Bytes of a piece at most, and of all.
  private static var longestPiece: Int { 16_384 }
  private static var allPieces: Int { 1 << 28 }

  func bytePairs() throws(FormatError) -> BytePairs {
    let alphabet = try value("alphabet", "a string", \.string).unicodeScalars.map(\.value)
    guard Set(alphabet).count == alphabet.count, !alphabet.contains(0x2581) else {
      let found = alphabet.contains(0x2581) ? "▁" : "a scalar twice"
      throw error(json["alphabet"] ?? json, "scalars that differ, without ▁", found)
    }
    let numbers = try value("merges", "an array of integers", \.array)
    guard numbers.count % 2 == 0 else {
      throw error(json["merges"] ?? json, "two numbers per merge", "\(numbers.count) in all")
    }
    var merges: [BytePairs.Merge] = []
    var known: Set<UInt64> = []
    // Each merge may double a piece: thirty of them would fill the memory.
    var lengths =
      [Int](repeating: 1, count: 256)
      + alphabet.map { Unicode.Scalar($0).map { UTF8.width($0) } ?? 3 }
    var total = 0
    for start in stride(from: 0, to: numbers.count, by: 2) {
      let pieces = 256..<(256 + alphabet.count + merges.count)
      let left = try piece(numbers[start], pieces)
      let right = try piece(numbers[start + 1], pieces)
      guard known.insert(BytePairs.key(left, right)).inserted else {
        throw error(numbers[start], "merges that differ", "\(left) and \(right) again")
      }
      merges.append(BytePairs.Merge(left: left, right: right))
      let length = lengths[Int(left)] + lengths[Int(right)]
      lengths.append(length)
      total += length
      guard length <= Self.longestPiece, total <= Self.allPieces else {
        throw error(
          numbers[start], "pieces of at most \(Self.longestPiece) bytes, \(Self.allPieces) in all",
          length > Self.longestPiece ? "one of \(length)" : "more")
      }
    }
    return BytePairs(alphabet: alphabet, merges: merges)
  }

  private func piece(_ number: JSON, _ pieces: Range<Int>) throws(FormatError) -> Int32 {
    guard let piece = number.int, pieces.contains(piece) else {
      throw error(number, "the number of a piece in \(pieces)", number.brief)
    }
    return Int32(piece)
  }

  private func error(_ place: JSON, _ expected: String, _ found: String) -> FormatError {
    .text(file: file, position: place.position, expected: expected, found: found)
  }
}
