package import DragomanTensor

/// Tells a Transformer where tokens stand: a vector for each position, added to the word vectors.
///
///     x = √D X[ids] + ρ[pos]        ∂X[ids] = √D ∂x
///
/// with positions from 0. Vaswani et al. 2017, section 3.4 and 3.5 (arXiv:1706.03762).
package enum Positions: Sendable {
  /// Sines and cosines.
  case sinusoid(Sinusoids)
  /// A table that is learnt.
  case learnt(LearntPositions)

  /// Those of a kind, as vectors of `size` numbers; learnt ones add `name` with `count` rows to the layout.
  package init(
    _ kind: PositionKind, name: String, size: Int, count: Int, layout: inout ParameterLayout
  ) {
    self =
      switch kind {
      case .sinusoid: .sinusoid(Sinusoids(size: size))
      case .learnt:
        .learnt(LearntPositions(name: name, count: count, size: size, layout: &layout))
      }
  }

  /// Scales rows, `[N, D]`, by √D and adds the vectors of their positions, in place.
  package func add(_ positions: [Int32], to x: Matrix, _ pass: Pass) {
    pass.kernels.scale(x, by: Float(x.columns).squareRoot())
    pass.recorder?.add(.scaled, x)
    pass.workspace.scoped {
      let rows = pass.workspace.matrix(rows: x.rows, columns: x.columns)
      switch self {
      case .sinusoid(let sinusoids): sinusoids.forward(positions, into: rows, pass)
      case .learnt(let learnt): learnt.forward(positions, into: rows, pass)
      }
      pass.kernels.add(rows, to: x)
      pass.recorder?.add(.positions, rows)
    }
    pass.recorder?.add(.placed, x)
  }

  /// Adds to the gradients of the vectors, and turns the gradient of the sum into that of the rows before, in place.
  package func backward(
    _ gradient: Matrix, _ positions: [Int32], _ pass: Pass, gradients: Parameters
  ) {
    switch self {
    case .sinusoid: break
    case .learnt(let learnt): learnt.backward(gradient, positions, pass, gradients: gradients)
    }
    pass.kernels.scale(gradient, by: Float(gradient.columns).squareRoot())
  }
}
