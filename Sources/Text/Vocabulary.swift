/// The tokens a model knows, by number.
///
/// Three of them are special and stand first in a vocabulary made here: `<unk>` for what is unknown, `<s>` for the
/// begin and `</s>` for the end of a sentence. There is none for padding, since no batch is padded. A
/// special is never found by its spelling: text that reads `<s>` stays text.
package struct Vocabulary: Sendable {
  /// How the specials are spelt, in their usual order: unknown, begin, end.
  package static let specials = ["<unk>", "<s>", "</s>"]

  private let table: StringTable
  /// The number of `<unk>`.
  package let unknown: Int32
  /// The number of `<s>`.
  package let begin: Int32
  /// The number of `</s>`.
  package let end: Int32

  /// Why a list of tokens is not a vocabulary.
  enum Problem: Error, Equatable {
    case repeated(token: String, first: Int, second: Int)
    case missing(special: String)
  }

  /// A vocabulary of the given tokens, the specials among them, each once.
  init(checking tokens: some Sequence<String>) throws(Problem) {
    var table = StringTable()
    for token in tokens {
      let count = table.count
      let number = Int(table.insert(Array(token.utf8).span))
      guard number == count else {
        throw .repeated(token: token, first: number, second: count)
      }
    }
    var ids: [Int32] = []
    for special in Self.specials {
      guard let id = table.find(Array(special.utf8).span) else { throw .missing(special: special) }
      ids.append(id)
    }
    self.table = table
    (unknown, begin, end) = (ids[0], ids[1], ids[2])
  }

  /// The specials, then the given tokens; those that repeat, or are spelt like a special, are left out.
  package init(_ tokens: some Sequence<String>) {
    var table = StringTable()
    for token in Self.specials { _ = table.insert(Array(token.utf8).span) }
    for token in tokens { _ = table.insert(Array(token.utf8).span) }
    self.table = table
    (unknown, begin, end) = (0, 1, 2)
  }

  /// The most frequent tokens of a text: by frequency, then by bytes.
  ///
  /// - Parameters:
  ///   - tokens: every token of the text, as often as it occurs.
  ///   - maximumSize: the most tokens the vocabulary may have, specials included.
  ///   - minimumFrequency: tokens that occur less often are left out.
  package static func counted(
    from tokens: some Sequence<String>, maximumSize: Int = .max, minimumFrequency: Int = 1
  ) -> Vocabulary {
    var counts = TokenCounts()
    for token in tokens { counts.add(Array(token.utf8).span) }
    return counted(counts, maximumSize: maximumSize, minimumFrequency: minimumFrequency)
  }

  static func counted(
    _ counts: TokenCounts, maximumSize: Int, minimumFrequency: Int
  ) -> Vocabulary {
    precondition(
      maximumSize >= specials.count, "a vocabulary of \(maximumSize) has no room for its specials")
    let tokens = counts.ranked().lazy
      .prefix { counts.counts[$0] >= minimumFrequency }
      .map { String(decoding: counts.utf8(at: $0), as: UTF8.self) }
      .filter { token in !specials.contains(token) }
    return Vocabulary(tokens.prefix(maximumSize - specials.count))
  }

  /// The number of tokens, specials included.
  package var count: Int { table.count }

  /// All tokens; a token's place is its number.
  package var tokens: [String] { Array(table.strings) }

  /// The token with the given number.
  package subscript(id: Int32) -> String {
    precondition(id >= 0 && id < count, "token \(id) of a vocabulary of \(count)")
    return table.strings[Int(id)]
  }

  /// The number of a token; ``unknown`` for one that is not there, and for the spelling of a special.
  package func id(of token: String) -> Int32 { id(utf8: Array(token.utf8).span) }

  /// Whether a number is that of `<unk>`, `<s>` or `</s>`.
  package func isSpecial(_ id: Int32) -> Bool { id == unknown || id == begin || id == end }

  func id(utf8 token: Span<UInt8>) -> Int32 {
    guard let id = table.find(token), !isSpecial(id) else { return unknown }
    return id
  }
}

extension Vocabulary: Equatable {
  /// Whether two vocabularies hold the same tokens, scalar by scalar, in the same order.
  package static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.table.strings == right.table.strings
  }
}
