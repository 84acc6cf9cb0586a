package import DragomanTensor

/// The vectors of a batch's sentences, one sentence after the other, without padding.
package struct RaggedMatrix: Sendable {
  /// All vectors, `[N, D]`.
  package let matrix: Matrix
  /// Where each sentence begins, and at last N: B + 1 numbers.
  package let offsets: [Int32]

  /// Vectors and the sentences they belong to.
  package init(_ matrix: Matrix, offsets: [Int32]) {
    precondition(
      offsets.first == 0 && offsets.last == Int32(matrix.rows),
      "offsets \(offsets.first ?? -1)…\(offsets.last ?? -1) do not cover \(matrix.rows) rows")
    self.matrix = matrix
    self.offsets = offsets
  }

  /// Number of sentences.
  package var sentences: Int { offsets.count - 1 }
  /// Vectors of the longest sentence.
  package var longest: Int { zip(offsets.dropFirst(), offsets).map { Int($0 - $1) }.max() ?? 0 }
}
