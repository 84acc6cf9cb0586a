/// Learns a byte-pair encoding from counted stretches of text.
///
/// The alphabet is every scalar seen at least twice (one seen once cannot be learnt, and is spelt in bytes),
/// at most half of the room, the frequent ones first. Then the most frequent pair of neighbours merges,
/// again and again, until the room is used up or no pair occurs twice. Among equally frequent pairs the one
/// with the older left piece wins, then the one with the older right piece, so that neither the order of
/// the lines nor a hash decides anything.
///
/// A stretch is counted once with its frequency; a merge brings up to date the counts of the pairs that it
/// makes or breaks and no others, and a heap with lazy deletion finds the next pair.
///
/// - Complexity: O(n log n) in practice, for n scalars in distinct stretches.
struct BytePairTrainer {
  private let stretches: TokenCounts
  /// The pieces of every stretch, in one array; a stretch shrinks in place as its pairs merge.
  private var symbols: [Int32] = []
  private var starts: [Int] = []
  private var lengths: [Int32] = []
  /// Pairs are numbered in the order in which they are met; what follows is by number.
  private var pairNumbers: [UInt64: Int32] = [:]
  private var pairs: [UInt64] = []
  private var pairCounts: [Int] = []
  /// The stretches it has occurred in; some may have lost it since.
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

  private init(_ stretches: TokenCounts, _ pieces: BytePairs) {
    self.stretches = stretches
    let strings = stretches.table.strings
    for number in 0..<stretches.count {
      let start = symbols.count
      starts.append(start)
      pieces.appendScalars(of: strings.utf8(at: number).span, to: &symbols)
      lengths.append(Int32(symbols.count - start))
      for index in (start + 1)..<max(start + 1, symbols.count) {
        count(symbols[index - 1], symbols[index], in: number, times: stretches.counts[number])
      }
    }
    for number in pairs.indices { enqueue(number) }
  }

  private mutating func merges(count: Int, after alphabetCount: Int) -> [BytePairs.Merge] {
    var merges: [BytePairs.Merge] = []
    while merges.count < count, let candidate = queue.pop() {
      guard let number = pairNumbers[candidate.pair].map({ Int($0) }) else { continue }
      guard pairCounts[number] == candidate.count else {
        enqueue(number)
        continue
      }
      let merge = BytePairs.Merge(
        left: Int32(truncatingIfNeeded: candidate.pair >> 32),
        right: Int32(truncatingIfNeeded: candidate.pair))
      let piece = BytePairs.byteCount + Int32(alphabetCount + merges.count)
      merges.append(merge)
      apply(merge, piece, to: occurrences[number])
      occurrences[number] = []
    }
    return merges
  }

  private mutating func enqueue(_ number: Int) {
    guard pairCounts[number] >= 2 else { return }
    queue.push(Candidate(count: pairCounts[number], pair: pairs[number]))
  }

  /// Merges a pair wherever it stands in some stretches, and brings all counts up to date.
  private mutating func apply(_ merge: BytePairs.Merge, _ piece: Int32, to stretches: [Int32]) {
    let firstNew = pairs.count
    for stretch in stretches { apply(merge, piece, to: Int(stretch)) }
    // Only pairs with the new piece can have gained; each is queued once, at its final count.
    for number in firstNew..<pairs.count { enqueue(number) }
  }

  /// Merges a pair wherever it stands in a stretch, from left to right.
  ///
  /// Between two symbols of which neither changes the pair stays; any other pair goes or comes.
  private mutating func apply(_ merge: BytePairs.Merge, _ piece: Int32, to stretch: Int) {
    let times = stretches.counts[stretch]
    let start = starts[stretch]
    let end = start + Int(lengths[stretch])
    var (read, write) = (start, start)
    // The symbol before `read` as it was, and whether it has merged.
    var (before, isBeforeNew) = (Int32(0), false)
    while read < end {
      let symbol = symbols[read]
      let isNew = symbol == merge.left && read + 1 < end && symbols[read + 1] == merge.right
      let new = isNew ? piece : symbol
      if read > start && (isNew || isBeforeNew) {
        count(before, symbol, in: stretch, times: -times)
        count(symbols[write - 1], new, in: stretch, times: times)
      }
      if isNew { count(merge.left, merge.right, in: stretch, times: -times) }
      symbols[write] = new
      write += 1
      (before, isBeforeNew) = (isNew ? merge.right : symbol, isNew)
      read += isNew ? 2 : 1
    }
    lengths[stretch] = Int32(write - start)
  }

  /// Adds `times` to the count of a pair and, where that is more than 0, notes that the stretch has it.
  @inline(__always)
  private mutating func count(_ left: Int32, _ right: Int32, in stretch: Int, times: Int) {
    // Bytes are a way out for rare scalars and never merge.
    guard min(left, right) >= BytePairs.byteCount else { return }
    let pair = BytePairs.key(left, right)
    let number: Int
    if let known = pairNumbers[pair] {
      number = Int(known)
    } else {
      number = pairs.count
      pairNumbers[pair] = Int32(number)
      pairs.append(pair)
      pairCounts.append(0)
      occurrences.append([])
    }
    pairCounts[number] += times
    if times > 0 && occurrences[number].last != Int32(stretch) {
      occurrences[number].append(Int32(stretch))
    }
  }
}
