/// The order in which a recurrence visits the tokens of a batch: time step by time step.
///
/// Sentences are sorted by falling length (equal ones stay in order); step t is the block of the n_t
/// sentences that are still alive, n₀ ≥ n₁ ≥ …, and sentence k of the sorting is row k of every block it
/// is in. So the state before step t is the first n_t rows of the state after step t − 1, and nothing
/// is ever masked. A reversed sentence only permutes rows within this order.
package struct PackedOrder: Sendable {
  /// The sentence (its number in the batch) at each place of the sorting.
  package let sentences: [Int32]
  /// Where the block of each step begins, and at last N.
  package let starts: [Int]
  /// For each packed row, its row sentence by sentence, when sentences are read forwards.
  package let forwardRows: [Int32]
  /// The same when sentences are read backwards.
  package let backwardRows: [Int32]
  /// For each sentence of the batch, the packed row of its last step.
  package let lastRows: [Int32]

  /// The order of sentences that begin at these offsets; each has at least one token.
  package init(offsets: [Int32]) {
    let count = offsets.count - 1
    let lengths = (0..<count).map { Int(offsets[$0 + 1] - offsets[$0]) }
    precondition(lengths.allSatisfy { $0 > 0 }, "a sentence without tokens cannot be packed")
    let sorted = (0..<count).sorted { (lengths[$0], $1) > (lengths[$1], $0) }
    var starts = [0]
    var forwardRows: [Int32] = []
    var backwardRows: [Int32] = []
    var lastRows = [Int32](repeating: 0, count: count)
    forwardRows.reserveCapacity(Int(offsets.last ?? 0))
    backwardRows.reserveCapacity(Int(offsets.last ?? 0))
    var alive = count
    var step = 0
    while true {
      while alive > 0, lengths[sorted[alive - 1]] <= step { alive -= 1 }
      if alive == 0 { break }
      for sentence in sorted[..<alive] {
        if lengths[sentence] == step + 1 { lastRows[sentence] = Int32(forwardRows.count) }
        forwardRows.append(offsets[sentence] + Int32(step))
        backwardRows.append(offsets[sentence + 1] - 1 - Int32(step))
      }
      starts.append(forwardRows.count)
      step += 1
    }
    sentences = sorted.map { Int32($0) }
    self.starts = starts
    self.forwardRows = forwardRows
    self.backwardRows = backwardRows
    self.lastRows = lastRows
  }

  /// Number of steps: the length of the longest sentence.
  package var steps: Int { starts.count - 1 }
  /// N, the tokens of the batch.
  package var count: Int { forwardRows.count }
  /// The packed rows of a step.
  package func rows(of step: Int) -> Range<Int> { starts[step]..<starts[step + 1] }
  /// n_t, the sentences alive at a step.
  package func alive(at step: Int) -> Int { starts[step + 1] - starts[step] }
  /// For each packed row, the number of its sentence in the batch.
  package var packedSentences: [Int32] {
    (0..<steps).flatMap { sentences[..<alive(at: $0)] }
  }
  /// For each row sentence by sentence, the number of its sentence.
  package var rowSentences: [Int32] {
    var result = [Int32](repeating: 0, count: count)
    for (row, sentence) in zip(forwardRows, packedSentences) { result[Int(row)] = sentence }
    return result
  }
  /// For each packed row, its row sentence by sentence.
  package func rows(_ direction: Direction) -> [Int32] {
    switch direction {
    case .forward: forwardRows
    case .backward: backwardRows
    }
  }
}

/// Which end of a sentence a recurrence starts from.
package enum Direction: String, Sendable, CaseIterable {
  /// From the first token to the last.
  case forward
  /// From the last token to the first.
  case backward
}
