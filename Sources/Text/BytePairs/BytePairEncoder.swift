/// Encodes stretches of text into byte-pair pieces: the earliest learnt merge first, and from left to right
/// among equals.
///
/// Words share their stretches, as `cat`, `cat,` and `cats'` do, so what became of one is remembered.
///
/// With dropout, each possible merge may be passed over at each step, and the step takes the first one that is not;
/// the stretch is done when all are passed over (Provilkov, Emelianenko and Voita 2020, algorithm 1, arXiv:1910.13267).
///
/// - Complexity: O(n log n) for n scalars, so that a megabyte without a space is no trap.
struct BytePairEncoder: Sendable {
  private let pairs: BytePairs
  private var known = StringTable()
  /// The pieces of all remembered stretches, end to end, and where each stretch's end.
  private var knownPieces: [Int32] = []
  private var ends: [Int] = []
  private var symbols: [Int32] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []
  /// Possible merges: the piece they make, then the position of the left part.
  private var queue = PriorityQueue<UInt64>()
  /// Those passed over in the present step.
  private var dropped: [UInt64] = []

  init(_ pairs: BytePairs) { self.pairs = pairs }

  /// Appends the pieces of a stretch; see ``BytePairSegmenter``.
  mutating func append(_ stretch: Span<UInt8>, to pieces: inout [Int32]) {
    if known.strings.bytes.count > StringTable.enough { forget() }
    let number = Int(known.insert(stretch))
    if number == ends.count {
      encode(stretch) { false }
      for symbol in symbols where symbol >= 0 { knownPieces.append(symbol) }
      ends.append(knownPieces.count)
    }
    for place in (number == 0 ? 0 : ends[number - 1])..<ends[number] {
      pieces.append(knownPieces[place])
    }
  }

  /// Appends pieces of a stretch that come about when `isDropped` decides which merges are passed over.
  mutating func append(
    _ stretch: Span<UInt8>, to pieces: inout [Int32], isDropped: () -> Bool
  ) {
    encode(stretch, isDropped: isDropped)
    for symbol in symbols where symbol >= 0 { pieces.append(symbol) }
  }

  private mutating func forget() {
    known = StringTable()
    knownPieces.removeAll()
    ends.removeAll()
  }

  /// Leaves the pieces of a stretch in ``symbols``, those that are not −1.
  private mutating func encode(_ stretch: Span<UInt8>, isDropped: () -> Bool) {
    symbols.removeAll(keepingCapacity: true)
    pairs.appendScalars(of: stretch, to: &symbols)
    next.removeAll(keepingCapacity: true)
    previous.removeAll(keepingCapacity: true)
    for position in 0..<Int32(symbols.count) {
      next.append(position + 1)
      previous.append(position - 1)
    }
    queue.removeAll()
    for position in next.indices { offer(Int32(position)) }
    dropped.removeAll(keepingCapacity: true)
    while let merge = queue.pop() {
      let position = Int32(truncatingIfNeeded: merge)
      let piece = Int32(truncatingIfNeeded: merge >> 32)
      // A candidate is stale where either part has meanwhile merged with something else.
      guard candidate(at: position) == piece else { continue }
      if isDropped() {
        dropped.append(merge)
        continue
      }
      apply(position, into: piece)
      for merge in dropped { queue.push(merge) }
      dropped.removeAll(keepingCapacity: true)
    }
  }

  private mutating func offer(_ position: Int32) {
    guard let piece = candidate(at: position) else { return }
    queue.push(BytePairs.key(piece, position))
  }

  /// What the symbol at `position` and its neighbour on the right would merge into.
  private func candidate(at position: Int32) -> Int32? {
    guard position >= 0, symbols[Int(position)] >= 0 else { return nil }
    let right = next[Int(position)]
    guard right < symbols.count else { return nil }
    return pairs.merged(symbols[Int(position)], symbols[Int(right)])
  }

  private mutating func apply(_ position: Int32, into piece: Int32) {
    let right = next[Int(position)]
    let behind = next[Int(right)]
    symbols[Int(position)] = piece
    symbols[Int(right)] = -1
    next[Int(position)] = behind
    if behind < symbols.count { previous[Int(behind)] = position }
    offer(previous[Int(position)])
    offer(position)
  }
}
