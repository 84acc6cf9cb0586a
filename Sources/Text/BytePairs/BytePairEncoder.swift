/// Encodes text into byte-pair pieces, and remembers the stretches it has seen.
///
/// Natural text repeats its words, so nearly all stretches come from the memory; it is emptied when it
/// holds ``capacity`` of them, so that it stays bounded.
struct BytePairEncoder: Sendable {
  /// A million stretches are a few dozen megabytes: more than most corpora have, less than hurts.
  static let capacity = 1 << 20

  private let pairs: BytePairs
  private var known = StringTable()
  private var pieces: [Int32] = []
  private var ends: [Int] = []
  private var merger = BytePairMerger()
  private var buffer: [UInt8] = []

  init(_ pairs: BytePairs) { self.pairs = pairs }

  /// Appends the pieces of a line.
  mutating func append(_ line: [UInt8], to result: inout [Int32]) {
    var scratch: [UInt8] = []
    swap(&scratch, &buffer)
    BytePairSegmenter.forEachStretch(of: line, buffer: &scratch) { stretch in
      append(stretch, of: stretch, to: &result)
    }
    swap(&scratch, &buffer)
  }

  private mutating func append(
    _ stretch: ArraySlice<UInt8>, of line: ArraySlice<UInt8>, to result: inout [Int32]
  ) {
    if known.count >= Self.capacity {
      known = StringTable()
      pieces.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
    }
    let number = Int(known.insert(stretch))
    if number == ends.count {
      merger.append(Array(stretch), to: &pieces, pairs)
      ends.append(pieces.count)
    }
    result.append(contentsOf: pieces[(number == 0 ? 0 : ends[number - 1])..<ends[number]])
  }
}

/// Applies merges to one stretch, the earliest learnt first, and from left to right among equals.
///
/// - Complexity: O(n log n) for n scalars, so that a megabyte without a space is no trap.
private struct BytePairMerger: Sendable {
  private var symbols: [Int32] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []
  /// Possible merges: the piece they make, then the position of the left part.
  private var queue = PriorityQueue<UInt64>()

  mutating func append(_ stretch: [UInt8], to pieces: inout [Int32], _ pairs: BytePairs) {
    symbols.removeAll(keepingCapacity: true)
    pairs.appendScalars(of: stretch[...], in: stretch, to: &symbols)
    let count = Int32(symbols.count)
    next = (0..<count).map { $0 + 1 }
    previous = (0..<count).map { $0 - 1 }
    queue.removeAll()
    for position in 0..<count { offer(position, pairs) }
    while let candidate = queue.pop() {
      merge(
        Int32(truncatingIfNeeded: candidate), into: Int32(truncatingIfNeeded: candidate >> 32),
        pairs)
    }
    for symbol in symbols where symbol >= 0 { pieces.append(symbol) }
  }

  private mutating func offer(_ position: Int32, _ pairs: BytePairs) {
    guard let piece = candidate(at: position, pairs) else { return }
    queue.push(BytePairs.key(piece, position))
  }

  /// What the symbol at `position` and its neighbour on the right would merge into.
  private func candidate(at position: Int32, _ pairs: BytePairs) -> Int32? {
    guard position >= 0, symbols[Int(position)] >= 0 else { return nil }
    let right = next[Int(position)]
    guard right < symbols.count else { return nil }
    return pairs.merged(symbols[Int(position)], symbols[Int(right)])
  }

  private mutating func merge(_ position: Int32, into piece: Int32, _ pairs: BytePairs) {
    // A candidate is stale where either part has meanwhile merged with something else.
    guard candidate(at: position, pairs) == piece else { return }
    let right = next[Int(position)]
    let behind = next[Int(right)]
    symbols[Int(position)] = piece
    symbols[Int(right)] = -1
    next[Int(position)] = behind
    if behind < symbols.count { previous[Int(behind)] = position }
    offer(previous[Int(position)], pairs)
    offer(position, pairs)
  }
}
