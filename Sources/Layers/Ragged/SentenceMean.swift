package import DragomanTensor

/// The mean of each sentence's vectors.
///
///     h̄ = (1 / S) Σᵢ hᵢ        ∂hᵢ += ∂h̄ / S
package struct SentenceMean: Sendable {
  /// 1 / S in the first S columns of a sentence's row, `[B, longest]`.
  let weights: Matrix
  /// One query per sentence.
  let spans: [AttentionSpan]

  /// The means of sentences of these lengths.
  package init(of vectors: RaggedMatrix, _ pass: Pass) {
    let sentences = vectors.sentences
    weights = pass.workspace.matrix(rows: sentences, columns: vectors.longest)
    spans = AttentionSpan.oneEach(of: (0..<Int32(sentences)), sources: vectors.offsets)
    for (sentence, span) in spans.enumerated() {
      pass.kernels.fill(
        weights.rows(sentence..<(sentence + 1)).columns(0..<Int(span.sourceCount)),
        with: 1 / Float(span.sourceCount))
    }
  }

  /// The means, `[B, D]`, of vectors `[N, D]`.
  package func forward(_ vectors: Matrix, _ pass: Pass) -> Matrix {
    let result = pass.workspace.matrix(rows: spans.count, columns: vectors.columns)
    pass.kernels.raggedCombine(weights, vectors, spans: spans[...], into: result)
    return result
  }

  /// Adds to the gradient of the vectors, `[N, D]`, given that of the means, `[B, D]`.
  package func backward(_ gradient: Matrix, addingTo vectorGradient: Matrix, _ pass: Pass) {
    pass.kernels.raggedCombineTransposed(
      weights, gradient, spans: spans[...], addingTo: vectorGradient)
  }
}
