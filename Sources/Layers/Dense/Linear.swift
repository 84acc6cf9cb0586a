package import DragomanTensor

/// An affine map from `in` to `out` numbers.
///
///     y = x Wᵀ + b        ∂x = ∂y W        ∂W += ∂yᵀ x        ∂b += Σ ∂y
package struct Linear: Sendable {
  /// `[out, in]`.
  let weight: Parameter
  /// `[out]`.
  let bias: Parameter

  /// Adds `name.weight` (Glorot uniform, unless `initial` says otherwise) and `name.bias` (zeros) to the layout.
  ///
  /// Several maps of one input, whose weights stand one below the other, are so many `blocks`, each drawn by itself.
  package init(
    name: String, from inputs: Int, to outputs: Int, blocks: Int = 1,
    _ initial: Initialization? = nil, layout: inout ParameterLayout
  ) {
    weight = layout.matrix(
      "\(name).weight", rows: outputs, columns: inputs, initial ?? .glorot(gates: blocks))
    bias = layout.vector("\(name).bias", size: outputs, .zeros)
  }

  /// A map with a weight, `[out, in]`, that another layer has added; adds `name.bias` (zeros).
  init(name: String, weight: Parameter, layout: inout ParameterLayout) {
    self.weight = weight
    bias = layout.vector("\(name).bias", size: weight.rows, .zeros)
  }

  /// Numbers that go in.
  package var inputs: Int { weight.columns }
  /// Numbers that come out.
  package var outputs: Int { weight.rows }

  /// Maps `[N, in]` to `[N, out]`.
  package func forward(_ x: Matrix, _ pass: Pass) -> Matrix {
    let y = pass.workspace.matrix(rows: x.rows, columns: outputs)
    forward(x, into: y, pass)
    return y
  }

  /// Maps `[N, in]` to `[N, out]`, into memory of the caller's.
  package func forward(_ x: Matrix, into y: Matrix, _ pass: Pass) {
    pass.kernels.multiply(
      x, transposed: pass.weights[weight], bias: pass.weights[bias], into: y)
    pass.recorder?.add(.read(weight), x)
    pass.recorder?.add(.gave(weight), y)
  }

  /// Adds to the gradients of W and b, and writes or adds ∂x, `[N, in]`, if anybody wants it, given ∂y, `[N, out]`.
  package func backward(
    _ gradient: Matrix, input x: Matrix, inputGradient: Matrix?, adding: Bool = false, _ pass: Pass,
    gradients: Parameters
  ) {
    if let inputGradient {
      pass.kernels.multiply(
        gradient, pass.weights[weight], into: inputGradient, adding: adding)
    }
    pass.kernels.multiply(transposed: gradient, x, into: gradients[weight], adding: true)
    pass.kernels.addColumnSums(of: gradient, to: gradients[bias])
  }

  /// Packs W for many small calls; the weights must not change as long as the result is in use.
  package func packed(_ weights: Parameters, _ kernels: Kernels) -> PackedMatrix {
    kernels.pack(weights[weight], transposed: true)
  }

  /// W and b in 8 bits beside W, for the greatest output alone; `nil` if they have no screen.
  package func screen(_ weights: Parameters, _ kernels: Kernels) -> Screen? {
    Screen(weights[weight], bias: weights[bias], kernels: kernels)
  }

  /// Packs W for the calls of one pass, in its workspace.
  func packed(_ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(pass.weights[weight], transposed: true, in: pass.workspace)
  }

  /// As ``forward(_:into:_:)``, with W packed.
  package func forward(_ x: Matrix, _ packed: PackedMatrix, into y: Matrix, _ pass: Pass) {
    pass.kernels.multiply(x, packed, bias: pass.weights[bias], into: y)
  }
}
