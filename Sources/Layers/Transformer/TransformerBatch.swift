import DragomanTensor

/// What the layers of a Transformer have to know of a batch of N tokens.
package struct TransformerBatch {
  /// The row at which each sentence begins, and at last N.
  package let offsets: [Int32]
  /// Tokens of the longest sentence.
  let longest: Int
  /// For each row, the number of its sentence.
  let sentences: [Int32]
  /// What a decoder looks at.
  let memory: RaggedMatrix?
  /// The order in which recurrences visit the rows.
  let order: PackedOrder

  /// Sentences that begin at these rows; `memory` is what they look at.
  package init(offsets: [Int32], memory: RaggedMatrix? = nil) {
    self.offsets = offsets
    longest = offsets.longest
    sentences = offsets.sentencesOfRows
    self.memory = memory
    order = PackedOrder(offsets: offsets)
  }
}
