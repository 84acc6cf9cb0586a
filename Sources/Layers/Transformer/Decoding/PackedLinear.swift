import DragomanTensor

/// A linear map with its weight packed once, for many steps of decoding.
struct PackedLinear: Sendable {
  let linear: Linear
  let weight: PackedMatrix

  init(_ linear: Linear, _ weights: Parameters, _ kernels: Kernels) {
    self.linear = linear
    weight = linear.packed(weights, kernels)
  }

  /// Maps `[n, in]` to `[n, out]`.
  func forward(_ x: Matrix, _ pass: Pass) -> Matrix {
    let y = pass.workspace.matrix(rows: x.rows, columns: linear.outputs)
    linear.forward(x, weight, into: y, pass)
    return y
  }
}
