import CDragomanKernels

/// The gates of the recurrent cells; equations and shapes are those of GRUCell and LSTMCell in Layers.
extension Kernels {
  /// Overwrites `a` `[B, 3H]` by the gates r, z, n and writes h′ `[B, H]`.
  public func gruForward(
    input a: Matrix, recurrent c: Matrix, state h: Matrix, next: Matrix
  ) {
    check(a, c, gates: 3, h, next)
    split(h.rows, work: h.columns * 32) { range in
      let i = range.lowerBound
      unsafe table.pointee.gru_forward(
        range.count, h.columns, a.pointer + i * a.stride, a.stride, c.pointer + i * c.stride,
        c.stride, h.pointer + i * h.stride, h.stride, next.pointer + i * next.stride, next.stride)
    }
  }

  /// Overwrites `a` by ∂a, `c` by ∂c and writes δ ⊙ z, which may take the place of δ.
  public func gruBackward(
    gates a: Matrix, recurrent c: Matrix, state h: Matrix, gradient: Matrix,
    stateGradient: Matrix
  ) {
    check(a, c, gates: 3, h, gradient)
    check(a, c, gates: 3, h, stateGradient)
    split(h.rows, work: h.columns * 8) { range in
      let i = range.lowerBound
      unsafe table.pointee.gru_backward(
        range.count, h.columns, a.pointer + i * a.stride, a.stride, c.pointer + i * c.stride,
        c.stride, h.pointer + i * h.stride, h.stride, gradient.pointer + i * gradient.stride,
        gradient.stride, stateGradient.pointer + i * stateGradient.stride, stateGradient.stride)
    }
  }

  /// Overwrites `a` `[B, 4H]` by the gates i, f, g, o and writes c′ and h′ `[B, H]`.
  public func lstmForward(
    input a: Matrix, recurrent c: Matrix, cell: Matrix, nextCell: Matrix, next: Matrix
  ) {
    check(a, c, gates: 4, cell, next)
    check(a, c, gates: 4, cell, nextCell)
    split(cell.rows, work: cell.columns * 48) { range in
      let i = range.lowerBound
      unsafe table.pointee.lstm_forward(
        range.count, cell.columns, a.pointer + i * a.stride, a.stride, c.pointer + i * c.stride,
        c.stride, cell.pointer + i * cell.stride, cell.stride,
        nextCell.pointer + i * nextCell.stride, nextCell.stride, next.pointer + i * next.stride,
        next.stride)
    }
  }

  /// Overwrites `a` by ∂a and turns ∂c′ into ∂c.
  public func lstmBackward(
    gates a: Matrix, cell: Matrix, nextCell: Matrix, gradient: Matrix, cellGradient: Matrix
  ) {
    check(a, a, gates: 4, cell, gradient)
    check(a, a, gates: 4, nextCell, cellGradient)
    split(cell.rows, work: cell.columns * 16) { range in
      let i = range.lowerBound
      unsafe table.pointee.lstm_backward(
        range.count, cell.columns, a.pointer + i * a.stride, a.stride,
        cell.pointer + i * cell.stride, cell.stride, nextCell.pointer + i * nextCell.stride,
        nextCell.stride, gradient.pointer + i * gradient.stride, gradient.stride,
        cellGradient.pointer + i * cellGradient.stride, cellGradient.stride)
    }
  }

  private func check(_ a: Matrix, _ c: Matrix, gates: Int, _ h: Matrix, _ other: Matrix) {
    precondition(
      a.rows == h.rows && c.rows == h.rows && other.rows == h.rows && other.columns == h.columns
        && a.columns == gates * h.columns && c.columns == a.columns,
      "gates \(a.shape) and \(c.shape) of states \(h.shape) and \(other.shape)")
  }
}
