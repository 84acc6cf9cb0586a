/// Learns a byte-pair encoding from counted stretches of text.
///
/// The alphabet is every scalar seen at least twice (one seen once cannot be learnt, and is spelt in bytes),
/// at most half of the room, the frequent ones first. Then the most frequent pair of neighbours merges,
/// again and again, until the room is used up or no pair occurs twice. Among equally frequent pairs the one
/// with the older left piece wins, then the one with the older right piece, so that neither the order of
/// the lines nor a hash decides anything.
///
/// A stretch is counted once with its frequency; pair counts are kept up to date along the changed
/// stretches only, and a heap with lazy deletion finds the next pair.
///
/// - Complexity: O(n log n) in practice, for n scalars in distinct stretches.
struct BytePairTrainer {
  private let stretches: TokenCounts
  /// The pieces of every stretch, in one array; a stretch shrinks in place as its pairs merge.
  private var symbols: [Int32] = []
  private var starts: [Int] = []
  private var lengths: [Int32] = []
  private var pairNumber: [UInt64: Int32] = [:]
  private var pairCounts: [Int] = []
  /// For each pair the stretches it has occurred in; some may have lost it since.
  private var occurrences: [[Int32]] = []
  private var queue = PriorityQueue<Candidate>()

  /// A pair as it was counted when it entered the queue.
  private struct Candidate: Comparable {
    var count: Int
    var pair: UInt64

    static func < (left: Candidate, right: Candidate) -> Bool {
      left.count != right.count ? left.count > right.count : left.pair < right.pair
    }
  }

  /// Learns at most `room` pieces beside the bytes: alphabet and merges.
  static func train(_ stretches: TokenCounts, room: Int) -> BytePairs {
    precondition(
      room >= 1, "a byte-pair encoding needs room for a piece beside the bytes, not \(room)")
    let alphabet = alphabet(of: stretches, room: room)
    var trainer = BytePairTrainer(stretches, BytePairs(alphabet: alphabet, merges: []))
    return BytePairs(
      alphabet: alphabet,
      merges: trainer.merges(count: room - alphabet.count, after: alphabet.count))
  }

  private static func alphabet(of stretches: TokenCounts, room: Int) -> [UInt32] {
    var counts: [UInt32: Int] = [:]
    let bytes = stretches.table.strings.bytes
    for number in 0..<stretches.count {
      let range = stretches.table.strings.range(at: number)
      var index = range.lowerBound
      while index < range.upperBound {
        let (scalar, length) = decodeScalar(bytes, at: index)
        counts[scalar, default: 0] += stretches.counts[number]
        index += length
      }
    }
    counts[0x2581] = nil
    let ranked = counts.filter { $0.value >= 2 }.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key
    }
    return ranked.prefix(max(1, room / 2)).map(\.key)
  }

  private init(_ stretches: TokenCounts, _ pairs: BytePairs) {
    self.stretches = stretches
    let strings = stretches.table.strings
    for number in 0..<stretches.count {
      starts.append(symbols.count)
      pairs.appendScalars(of: strings.utf8(at: number).span, to: &symbols)
      lengths.append(Int32(symbols.count - starts[number]))
      count(number, times: stretches.counts[number], newest: nil)
    }
    for (pair, number) in pairNumber { enqueue(pair, pairCounts[Int(number)]) }
  }

  private mutating func merges(count: Int, after alphabetCount: Int) -> [BytePairs.Merge] {
    var merges: [BytePairs.Merge] = []
    while merges.count < count, let candidate = queue.pop() {
      guard let number = pairNumber[candidate.pair] else { continue }
      let current = pairCounts[Int(number)]
      guard current == candidate.count else {
        enqueue(candidate.pair, current)
        continue
      }
      let merge = BytePairs.Merge(
        left: Int32(truncatingIfNeeded: candidate.pair >> 32),
        right: Int32(truncatingIfNeeded: candidate.pair))
      let piece = BytePairs.byteCount + Int32(alphabetCount + merges.count)
      merges.append(merge)
      apply(merge, piece, to: occurrences[Int(number)])
      occurrences[Int(number)] = []
    }
    return merges
  }

  private mutating func enqueue(_ pair: UInt64, _ count: Int) {
    if count >= 2 { queue.push(Candidate(count: count, pair: pair)) }
  }

  /// Merges a pair wherever it stands, from left to right, and brings all counts up to date.
  private mutating func apply(_ merge: BytePairs.Merge, _ piece: Int32, to candidates: [Int32]) {
    let firstNew = pairCounts.count
    var newPairs: [UInt64] = []
    for stretch in candidates.map({ Int($0) }) {
      let start = starts[stretch]
      let end = start + Int(lengths[stretch])
      guard contains(merge, in: start..<end) else { continue }
      count(stretch, times: -stretches.counts[stretch], newest: nil)
      var read = start
      var write = start
      while read < end {
        if symbols[read] == merge.left && read + 1 < end && symbols[read + 1] == merge.right {
          symbols[write] = piece
          read += 2
        } else {
          symbols[write] = symbols[read]
          read += 1
        }
        write += 1
      }
      lengths[stretch] = Int32(write - start)
      count(stretch, times: stretches.counts[stretch], newest: piece)
      for index in start..<max(start, write - 1)
      where symbols[index] == piece || symbols[index + 1] == piece {
        newPairs.append(BytePairs.key(symbols[index], symbols[index + 1]))
      }
    }
    // Only pairs with the new piece can have gained; each is queued once, at its final count.
    var queued = Array(repeating: false, count: pairCounts.count - firstNew)
    for pair in newPairs {
      guard let number = pairNumber[pair].map({ Int($0) }), !queued[number - firstNew] else {
        continue
      }
      queued[number - firstNew] = true
      enqueue(pair, pairCounts[number])
    }
  }

  private func contains(_ merge: BytePairs.Merge, in range: Range<Int>) -> Bool {
    for index in range.dropLast()
    where symbols[index] == merge.left && symbols[index + 1] == merge.right {
      return true
    }
    return false
  }

  /// Adds `times` to the count of every pair of a stretch, and notes the stretch for new pairs.
  ///
  /// `newest` is the piece just made: only its pairs are new to the stretch. `nil` means that all are, when
  /// counting up, and that none is, when counting down.
  private mutating func count(_ stretch: Int, times: Int, newest: Int32?) {
    let start = starts[stretch]
    for index in start..<max(start, start + Int(lengths[stretch]) - 1) {
      let (left, right) = (symbols[index], symbols[index + 1])
      // Bytes are a way out for rare scalars and never merge.
      guard min(left, right) >= BytePairs.byteCount else { continue }
      let key = BytePairs.key(left, right)
      let number: Int
      if let known = pairNumber[key] {
        number = Int(known)
      } else {
        number = pairCounts.count
        pairNumber[key] = Int32(number)
        pairCounts.append(0)
        occurrences.append([])
      }
      pairCounts[number] += times
      let isNew = newest.map { left == $0 || right == $0 } ?? (times > 0)
      if isNew && occurrences[number].last != Int32(stretch) {
        occurrences[number].append(Int32(stretch))
      }
    }
  }
}
