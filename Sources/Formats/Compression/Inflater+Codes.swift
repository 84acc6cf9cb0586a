extension Inflater {
  /// Reads the codes of a block that brings its own; RFC 1951, section 3.2.7.
  mutating func readCodes() throws -> (literals: PrefixCode, distances: PrefixCode) {
    let at = input.offset
    func fail(_ expected: String, _ found: String) -> InflateError {
      InflateError(offset: at, expected: expected, found: found)
    }
    let literalCount = try input.take(5) + 257
    let distanceCount = try input.take(5) + 1
    let lengthCount = try input.take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else {
      throw fail(
        "at most 286 literals and lengths and 30 distances",
        "\(literalCount) and \(distanceCount)")
    }
    var own = [UInt8](repeating: 0, count: 19)
    for symbol in DeflateAlphabet.lengthOrder.prefix(lengthCount) {
      own[symbol] = UInt8(try input.take(3))
    }
    func code(
      _ lengths: ArraySlice<UInt8>, _ meaning: [PrefixCode.Entry], _ what: String, sparse: Bool
    ) throws -> PrefixCode {
      do {
        return try PrefixCode(lengths, meaning: meaning, mayBeSparse: sparse)
      } catch {
        throw fail("a code of \(what)", error.flaw.rawValue)
      }
    }
    let lengthCode = try code(own[...], DeflateAlphabet.lengths, "code lengths", sparse: false)

    var lengths: [UInt8] = []
    let total = literalCount + distanceCount
    while lengths.count < total {
      let symbol = try input.symbol(lengthCode)
      switch symbol {
      case 0...15: lengths.append(UInt8(symbol))
      case 16:
        guard let last = lengths.last else {
          throw fail("a code length to be repeated", "none before it")
        }
        lengths += repeatElement(last, count: 3 + (try input.take(2)))
      case 17: lengths += repeatElement(0, count: 3 + (try input.take(3)))
      default: lengths += repeatElement(0, count: 11 + (try input.take(7)))
      }
    }
    guard lengths.count == total else {
      throw fail("\(total) code lengths", "\(lengths.count)")
    }
    guard lengths[256] > 0 else {
      throw fail("a code for the end of the block", "none")
    }
    return (
      try code(
        lengths[..<literalCount], DeflateAlphabet.literals, "literals and lengths", sparse: true),
      try code(lengths[literalCount...], DeflateAlphabet.distances, "distances", sparse: true)
    )
  }
}

extension BitReader {
  /// The value of the next code.
  fileprivate mutating func symbol(_ code: PrefixCode) throws -> Int {
    let at = offset
    var length = 0
    var value = 0
    // Bit by bit, since there may be fewer bits left than the longest code has.
    while length < PrefixCode.longest {
      value |= try take(1) << length
      length += 1
      let entry = code.long(UInt64(value))
      if entry & 15 == length { return Int(entry >> 16) }
    }
    throw InflateError(
      offset: at, expected: "a code of the code lengths", found: "bits that begin none")
  }
}

extension PrefixCode {
  /// The code of literals and lengths in fixed blocks; RFC 1951, section 3.2.6.
  static let fixedLiterals = fixed(DeflateAlphabet.fixedLiterals, DeflateAlphabet.literals)
  /// The code of distances in fixed blocks.
  static let fixedDistances = fixed(DeflateAlphabet.fixedDistances, DeflateAlphabet.distances)

  private static func fixed(_ lengths: [UInt8], _ meaning: [Entry]) -> PrefixCode {
    do { return try PrefixCode(lengths[...], meaning: meaning) } catch {
      preconditionFailure("the fixed codes of DEFLATE are \(error.flaw.rawValue)")
    }
  }
}
