/// Undoes DEFLATE piece by piece; RFC 1951.
///
/// Memory is that of one piece and of the 32 KiB that copies reach back, whatever the stream says. Every stream that
/// breaks the rules ends in one ``InflateError``.
struct Inflater {
  /// Where the bits come from; a caller reads what stands around the stream.
  var input: BitReader
  /// How many bytes came out so far.
  private(set) var produced = 0

  private enum State {
    case header
    case stored(left: Int)
    case codes
    case ended
  }

  private var state = State.header
  private var isLastBlock = false
  private var literals = PrefixCode.fixedLiterals
  private var distances = PrefixCode.fixedDistances
  /// What copies reach back to, then the piece that is made.
  private var window: [UInt8]
  private var used = 0

  /// How far back a copy reaches.
  static let reach = 1 << 15
  /// Bytes of a piece, such that piece and reach fit into the second cache.
  static let piece = 1 << 16
  /// The longest copy, which may begin as the last thing of a piece.
  static let longestCopy = 258

  /// A stream whose bytes come from `input`.
  init(_ input: BitReader) {
    self.input = input
    window = [UInt8](repeating: 0, count: Self.reach + Self.piece + Self.longestCopy)
  }

  /// Begins with another stream after the one that has ended.
  mutating func restart() {
    (state, isLastBlock, used, produced) = (.header, false, 0, 0)
  }

  /// The next bytes; none at the end of the stream.
  mutating func next() throws -> [UInt8] {
    if used > Self.reach {
      window.replaceSubrange(0..<Self.reach, with: Array(window[(used - Self.reach)..<used]))
      used = Self.reach
    }
    let start = used
    while used < start + Self.piece {
      switch state {
      case .header: try readHeader()
      case .stored(let left): try copyStored(left, room: start + Self.piece - used)
      case .codes: try decode(until: start + Self.piece)
      case .ended:
        produced += used - start
        return Array(window[start..<used])
      }
    }
    produced += used - start
    return Array(window[start..<used])
  }

  // MARK: Blocks

  private mutating func readHeader() throws {
    guard !isLastBlock else {
      state = .ended
      return
    }
    isLastBlock = try input.take(1) == 1
    switch try input.take(2) {
    case 0:
      input.align()
      let at = input.offset
      let (length, check) = (try input.take(16), try input.take(16))
      guard length ^ 0xFFFF == check else {
        throw InflateError(
          offset: at, expected: "the length of a stored block and its complement",
          found: "\(length) and \(check)")
      }
      state = .stored(left: length)
    case 1:
      (literals, distances) = (.fixedLiterals, .fixedDistances)
      state = .codes
    case 2:
      (literals, distances) = try readCodes()
      state = .codes
    default:
      throw InflateError(
        offset: input.offset, expected: "a block that is stored or coded",
        found: "the reserved kind 3")
    }
  }

  private mutating func copyStored(_ left: Int, room: Int) throws {
    guard left > 0 else {
      state = .header
      return
    }
    let bytes = try input.takeBytes(min(left, room))
    window.replaceSubrange(used..<(used + bytes.count), with: bytes)
    used += bytes.count
    state = .stored(left: left - bytes.count)
  }

  private mutating func decode(until limit: Int) throws {
    // The window is a local variable meanwhile, so that it and the input can change together.
    var window: [UInt8] = []
    swap(&window, &self.window)
    defer { swap(&window, &self.window) }
    var output = window.mutableSpan
    let stop = input.decode(into: &output, &used, until: limit, literals, distances)
    switch stop {
    case .full: break
    case .starved: try input.fetch()
    case .endOfBlock: state = .header
    case .ended: throw input.ended
    case .noCode:
      throw InflateError(
        offset: input.offset, expected: "a code of the block", found: "bits that begin none")
    case .tooFar(let distance):
      throw InflateError(
        offset: input.offset, expected: "a copy of what came before",
        found: "one from \(distance) bytes back, beyond the first")
    }
  }
}
