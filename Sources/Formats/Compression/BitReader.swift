/// The bits of compressed bytes, which come in pieces: those of a byte from the lowest on (RFC 1951, section 3.1.1).
///
/// Up to 64 bits wait in a word. Those above the first `count` may be filled with what follows in `bytes` already;
/// putting the same bits there once more changes nothing.
struct BitReader {
  /// The piece that is being read.
  private(set) var bytes: [UInt8] = []
  /// The first byte of it that is not in `bits`.
  var position = 0
  /// The next bits, the first one lowest.
  var bits: UInt64 = 0
  /// How many of them there are.
  var count = 0
  /// Whether no more pieces come.
  private(set) var isAtEnd = false
  /// How many bytes came before `bytes`.
  private var before = 0
  private let more: () throws -> [UInt8]

  /// A reader of what `more` gives, piece by piece; an empty piece is the end.
  init(_ more: @escaping () throws -> [UInt8]) { self.more = more }

  /// The number of bytes of which all bits were taken.
  var offset: Int { before + position - (count + 7) / 8 }

  /// The next bits as a number, at most 32 of them.
  mutating func take(_ wanted: Int) throws -> Int {
    while count < wanted {
      if position == bytes.count {
        try fetch()
        guard position < bytes.count else { throw ended }
      }
      bits |= UInt64(bytes[position]) << UInt64(count)
      position += 1
      count += 8
    }
    let value = Int(bits & (1 << UInt64(wanted) - 1))
    drop(wanted)
    return value
  }

  /// Passes over bits that are there.
  mutating func drop(_ wanted: Int) {
    bits >>= UInt64(wanted)
    count -= wanted
  }

  /// Goes on to the next whole byte.
  mutating func align() { drop(count & 7) }

  /// Whether there is another byte; the reader has to stand at a whole one.
  mutating func hasMore() throws -> Bool {
    if count == 0, position == bytes.count { try fetch() }
    return count > 0 || position < bytes.count
  }

  /// At least one and at most so many of the next bytes; the reader has to stand at a whole one.
  mutating func takeBytes(_ wanted: Int) throws -> ArraySlice<UInt8> {
    giveBack()
    if position == bytes.count { try fetch() }
    guard position < bytes.count else { throw ended }
    let end = min(position + wanted, bytes.count)
    defer { position = end }
    return bytes[position..<end]
  }

  /// What is wrong if more is needed and nothing comes.
  var ended: InflateError {
    InflateError(
      offset: before + bytes.count, expected: "more compressed data", found: "the end of the file")
  }

  /// Gets another piece and forgets what was read.
  mutating func fetch() throws {
    guard !isAtEnd else { return }
    giveBack()
    before += position
    bytes.removeFirst(position)
    position = 0
    let piece = try more()
    isAtEnd = piece.isEmpty
    bytes += piece
  }

  /// Puts whole bytes that wait in the word back; all of them stand in `bytes`.
  private mutating func giveBack() {
    position -= count >> 3
    count &= 7
    bits &= 1 << UInt64(count) - 1
  }
}
