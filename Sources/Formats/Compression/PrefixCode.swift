/// A Huffman code, as a table that is looked up by the next bits; RFC 1951, section 3.2.2.
///
/// The lengths of the codes say everything: of equal lengths, codes follow the order of symbols; shorter ones come
/// first.
struct PrefixCode: Sendable {
  /// What a code stands for, in one word: bits 0–3 its length, 4–7 the extra bits after it, 8–9 its kind, 16–31 a
  /// value.
  ///
  /// The word 0 is not a code.
  typealias Entry = UInt32
  /// Bits that the table is looked up by: longer codes are rare, and 1,024 words stay in the first cache.
  static let width = 10
  /// The longest code.
  static let longest = 15

  /// What is wrong with lengths that make no code.
  enum Flaw: String {
    case overfull = "lengths of more codes than there can be"
    case incomplete = "lengths that leave codes without a meaning"
  }

  /// By the next bits: the entry of the code that they begin with, or 0 for a longer one.
  private(set) var table = [Entry](repeating: 0, count: 1 << width)
  /// Entries in the order of codes.
  private var ordered: [Entry] = []
  /// By length: the first code, and its place in `ordered`.
  private var first = [Int](repeating: 0, count: longest + 2)
  private var places = [Int](repeating: 0, count: longest + 2)

  /// The code of symbols with these lengths, 0 for those that do not occur; `meaning` is what each stands for.
  ///
  /// A code has to be complete, but for one of no symbol or of one with the length 1, where `mayBeSparse` allows that.
  init(
    _ lengths: ArraySlice<UInt8>, meaning: [Entry], mayBeSparse: Bool = true
  ) throws(PrefixCodeError) {
    var counts = [Int](repeating: 0, count: Self.longest + 1)
    for length in lengths { counts[Int(length)] += 1 }
    counts[0] = 0
    var left = 1
    for length in 1...Self.longest {
      left = 2 * left - counts[length]
      guard left >= 0 else { throw PrefixCodeError(flaw: .overfull) }
    }
    let used = counts.reduce(0, +)
    let isSparse = used == 0 || used == 1 && counts[1] == 1
    guard left == 0 || mayBeSparse && isSparse else { throw PrefixCodeError(flaw: .incomplete) }

    for length in 1...Self.longest {
      first[length + 1] = (first[length] + counts[length]) << 1
      places[length + 1] = places[length] + counts[length]
    }
    ordered = [Entry](repeating: 0, count: used)
    var next = places
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      let (place, entry) = (next[length], meaning[symbol] | Entry(length))
      next[length] += 1
      ordered[place] = entry
      guard length <= Self.width else { continue }
      let code = first[length] + place - places[length]
      for index in stride(
        from: Self.reversed(code, length), to: 1 << Self.width, by: 1 << length)
      {
        table[index] = entry
      }
    }
  }

  /// The entry of a code that is longer than the table is wide, bit by bit; 0 if the bits begin with no code.
  func long(_ bits: UInt64) -> Entry {
    var code = 0
    for length in 1...Self.longest {
      code = code << 1 | Int(bits >> UInt64(length - 1) & 1)
      let index = code - first[length]
      if index >= 0, index < places[length + 1] - places[length] {
        return ordered[places[length] + index]
      }
    }
    return 0
  }

  private static func reversed(_ code: Int, _ length: Int) -> Int {
    (0..<length).reduce(0) { $0 << 1 | code >> $1 & 1 }
  }
}

/// Lengths that make no code.
struct PrefixCodeError: Error {
  /// What is wrong with them.
  let flaw: PrefixCode.Flaw
}
