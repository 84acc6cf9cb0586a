/// Finds the move of a block of words that brings a hypothesis nearest to its reference.
///
/// A block may move if it also stands in the reference, is not all correct where it is, and would come to a
/// place that is not all correct; it is tried before every word aligned to its place in the reference.
/// The best move saves the most edits; among equals it is the longest, then the first, then the one with the
/// first target. Blocks of up to 10 words, moved by up to 50, and 1000 trials in all: Tercom's limits.
struct ShiftSearch {
  private static let maximumLength = 10
  private static let maximumDistance = 50
  static let maximumTrials = 1000

  private let reference: [UInt32]
  private var distances: BeamEditDistance
  private(set) var trials = 0

  init(to reference: [UInt32]) {
    self.reference = reference
    distances = BeamEditDistance(to: reference)
  }

  /// The distance of words to the reference.
  mutating func distance(of words: [UInt32]) -> Int { distances.distance(of: words) }

  /// The words after the best move, and how many edits it saves; `nil` where none can be made.
  mutating func bestShift(of words: [UInt32]) -> (words: [UInt32], saving: Int)? {
    let before = distances.distance(of: words)
    let alignment = Alignment(distances.operations())
    var best: (rank: (Int, Int, Int, Int), words: [UInt32])?
    for block in blocks(of: words) where alignment.allows(block) {
      var previous = -1
      for offset in -1..<block.length {
        guard let target = alignment.target(of: block.reference + offset) else { break }
        if target == previous { continue }
        previous = target
        let moved = Self.move(words, block, to: target)
        let saving = before - distances.distance(of: moved)
        let rank = (saving, block.length, -block.hypothesis, -target)
        trials += 1
        if best.map({ rank > $0.rank }) ?? true { best = (rank, moved) }
      }
      if trials >= Self.maximumTrials { break }
    }
    return best.map { ($0.words, $0.rank.0) }
  }

  /// `length` words that are the same from `hypothesis` and from `reference` on.
  private struct Block {
    var hypothesis: Int
    var reference: Int
    var length: Int
  }

  private func blocks(of words: [UInt32]) -> [Block] {
    var result: [Block] = []
    for start in words.indices {
      for place in reference.indices where abs(place - start) <= Self.maximumDistance {
        var length = 0
        while length < Self.maximumLength && start + length < words.count
          && place + length < reference.count && words[start + length] == reference[place + length]
        {
          length += 1
          result.append(Block(hypothesis: start, reference: place, length: length))
        }
      }
    }
    return result
  }

  /// The words with a block taken out and put before `target`, a place in the words as they were.
  private static func move(_ words: [UInt32], _ block: Block, to target: Int) -> [UInt32] {
    let end = block.hypothesis + block.length
    let moved = words[block.hypothesis..<end]
    if target < block.hypothesis {
      return Array(words[..<target] + moved + words[target..<block.hypothesis] + words[end...])
    }
    // Inside the block, the target counts from the block's start, as in Tercom.
    let stop = target > end ? target : min(words.count, target + block.length)
    return Array(
      words[..<block.hypothesis] + words[end..<max(end, stop)] + moved + words[max(end, stop)...])
  }

  /// Which words stand for which, and which are wrong.
  private struct Alignment {
    /// For each word of the reference, the last word of the hypothesis up to which it is reached.
    private var positions: [Int] = []
    private var isReferenceWrong: [Bool] = []
    private var isHypothesisWrong: [Bool] = []

    init(_ operations: [BeamEditDistance.Operation]) {
      for operation in operations {
        let isWrong = operation != .keep
        if operation != .insert { isHypothesisWrong.append(isWrong) }
        if operation != .delete {
          isReferenceWrong.append(isWrong)
          positions.append(isHypothesisWrong.count - 1)
        }
      }
    }

    func allows(_ block: Block) -> Bool {
      let start = block.hypothesis
      return isHypothesisWrong[start..<(start + block.length)].contains(true)
        && isReferenceWrong[block.reference..<(block.reference + block.length)].contains(true)
        && !(start..<(start + block.length)).contains(positions[block.reference])
    }

    /// Where a block has to go to follow the given word of the reference; the start for −1.
    func target(of place: Int) -> Int? {
      if place == -1 { return 0 }
      return positions.indices.contains(place) ? positions[place] + 1 : nil
    }
  }
}
