public import DragomanFormats

/// A tokenizer and its vocabulary as a model file holds them:
///
///     {"kind": "word", "lowercase": false, "vocabulary": ["<unk>", "<s>", "</s>", "the", …]}
///     {"kind": "bpe", "lowercase": false, "alphabet": "etao…", "merges": [256, 258, …]}
///
/// `merges` holds two piece numbers per merge: pieces are 256 bytes, then the scalars of the alphabet, then one per
/// merge. The vocabulary of `bpe` is the specials and then all pieces.
extension TextCodec {
  /// The codec as JSON.
  public var json: JSON {
    var members: [(String, JSON)] = [
      ("kind", .string(tokenizer.kind.rawValue)), ("lowercase", .bool(tokenizer.lowercase)),
    ]
    if case .bpe(let pairs) = tokenizer.model {
      var alphabet = ""
      alphabet.unicodeScalars.append(contentsOf: pairs.alphabet.compactMap(Unicode.Scalar.init))
      members.append(("alphabet", .string(alphabet)))
      members.append(
        ("merges", .array(pairs.merges.flatMap { [.int(Int($0.left)), .int(Int($0.right))] })))
    } else {
      members.append(("vocabulary", .array(vocabulary.tokens.map { .string($0) })))
    }
    return .object(members)
  }

  /// The codec that a model file holds; `file` names it in errors.
  public init(_ json: JSON, file: String) throws(FormatError) {
    func fail(_ json: JSON, _ expected: String, _ found: String) -> FormatError {
      .text(file: file, position: json.position, expected: expected, found: found)
    }
    func value<Value>(
      _ key: String, _ expected: String, _ read: (JSON) -> Value?
    ) throws(FormatError) -> Value {
      guard let member = json[key] else { throw fail(json, "'\(key)'", "none") }
      guard let value = read(member) else { throw fail(member, expected, member.brief) }
      return value
    }
    let kinds = TokenizerKind.allCases.map(\.rawValue).joined(separator: ", ")
    let kind = try value("kind", "one of \(kinds)") { $0.string.flatMap(TokenizerKind.init) }
    let lowercase = try value("lowercase", "true or false", \.bool)
    if kind == .bpe {
      let alphabet = try value("alphabet", "a string", \.string).unicodeScalars.map(\.value)
      guard Set(alphabet).count == alphabet.count, !alphabet.contains(0x2581) else {
        throw fail(json["alphabet"] ?? json, "scalars that differ, without ▁", "others")
      }
      let numbers = try value("merges", "an array of integers", \.array)
      guard numbers.count % 2 == 0 else {
        throw fail(json["merges"] ?? json, "two numbers per merge", "\(numbers.count)")
      }
      var merges: [BytePairs.Merge] = []
      for start in stride(from: 0, to: numbers.count, by: 2) {
        let known = 256 + alphabet.count + merges.count
        var pair: [Int32] = []
        for number in numbers[start..<(start + 2)] {
          guard let piece = number.int, (256..<known).contains(piece) else {
            throw fail(number, "the number of a piece in 256..<\(known)", number.brief)
          }
          pair.append(Int32(piece))
        }
        merges.append(BytePairs.Merge(left: pair[0], right: pair[1]))
      }
      let pairs = BytePairs(alphabet: alphabet, merges: merges)
      self.init(
        tokenizer: Tokenizer(model: .bpe(pairs), lowercase: lowercase),
        vocabulary: Vocabulary((0..<Int32(pairs.count)).lazy.map { pairs.token($0) }))
      return
    }
    var tokens: [String] = []
    for token in try value("vocabulary", "an array of strings", \.array) {
      guard let text = token.string else { throw fail(token, "a string", token.brief) }
      tokens.append(text)
    }
    let vocabulary: Vocabulary
    do {
      vocabulary = try Vocabulary(checking: tokens)
    } catch {
      let place = json["vocabulary"] ?? json
      switch error {
      case .repeated(let token, let first, let second):
        throw fail(place, "tokens that differ", "'\(token)' at \(first) and at \(second)")
      case .missing(let special): throw fail(place, "the special token '\(special)'", "none")
      }
    }
    self.init(
      tokenizer: Tokenizer(model: kind == .word ? .word : .character, lowercase: lowercase),
      vocabulary: vocabulary)
  }
}
