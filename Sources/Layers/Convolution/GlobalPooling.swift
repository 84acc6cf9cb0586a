package import DragomanTensor

/// The mean of all pixels of an image: one vector for each image.
///
///     y = (1/(H·W)) Σ x        ∂x = ∂y / (H·W)
///
/// Lin, Chen and Yan 2014, section 3.2 (arXiv:1312.4400). It is the ``SentenceMean`` of an image's pixels.
package struct GlobalPooling: Sendable, Hashable {
  /// The one there is.
  package init() {}

  /// What the way back needs.
  package struct Trace: Sendable {
    let mean: SentenceMean
    let rows: Int
  }

  /// Maps images `[B·H·W, C]` to `[B, C]`.
  package func forward(_ x: Grid, _ pass: Pass) -> (output: Matrix, trace: Trace) {
    let mean = SentenceMean(of: x.ragged, pass)
    return (mean.forward(x.matrix, pass), Trace(mean: mean, rows: x.matrix.rows))
  }
}

extension GlobalPooling.Trace {
  /// ∂x, `[B·H·W, C]`, given ∂y, `[B, C]`.
  package func backward(_ gradient: Matrix, _ pass: Pass) -> Matrix {
    let x = pass.workspace.zeros(rows: rows, columns: gradient.columns)
    mean.backward(gradient, addingTo: x, pass)
    return x
  }
}
