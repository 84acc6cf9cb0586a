package import DragomanTensor

/// What the decoder knows after attention, as one vector: the attentional state.
///
///     h̃ = tanh(ζ)              ζ = W f + b      f = [s ; c]
///     ∂ζ = ∂h̃ ⊙ (1 − h̃²)       ∂f = ∂ζ W        ∂W = Σ ∂ζᵀ f        ∂b = Σ ∂ζ
///
/// Luong, Pham and Manning 2015 (arXiv:1508.04025), eq. 5, with a bias and with s before c. The output reads it, and so
/// does the next step ("input feeding", section 3.3): it stands inside the time loop. In the backward pass only ∂f has
/// to.
package struct AttentionalState: Sendable {
  /// W `[H, F]` and b `[H]`.
  let linear: Linear

  /// A state of `size` numbers made of `features`.
  package init(name: String, features: Int, size: Int, layout: inout ParameterLayout) {
    linear = Linear(name: name, from: features, to: size, layout: &layout)
  }

  /// Numbers of f.
  package var inputs: Int { linear.inputs }
  /// Numbers of h̃.
  package var size: Int { linear.outputs }

  /// Packs W for many steps of decoding; the weights must not change as long as the result is in use.
  package func packed(_ weights: Parameters, _ kernels: Kernels) -> PackedMatrix {
    linear.packed(weights, kernels)
  }

  /// Packs W for the steps of the forward pass.
  package func packed(_ pass: Pass) -> PackedMatrix { linear.packed(pass) }

  /// Packs W for the steps of the backward pass.
  package func packedBack(_ pass: Pass) -> PackedMatrix {
    pass.kernels.pack(pass.weights[linear.weight], transposed: false, in: pass.workspace)
  }

  /// Writes h̃, `[n, H]`, of some features, `[n, F]`, with W packed.
  package func forward(
    _ features: Matrix, with weight: PackedMatrix, into state: Matrix, _ pass: Pass
  ) {
    linear.forward(features, weight, into: state, pass)
    pass.kernels.tanh(state)
  }

  /// Turns ∂h̃, `[n, H]`, into ∂ζ in place and writes ∂f, `[n, F]`, with W packed for the backward pass.
  package func backward(
    _ gradient: Matrix, output state: Matrix, with weight: PackedMatrix, featureGradient: Matrix,
    _ pass: Pass
  ) {
    pass.kernels.tanhBackward(gradient, output: state)
    pass.kernels.multiply(gradient, weight, into: featureGradient)
  }

  /// Adds to the gradients of W and b, given ∂ζ, `[N, H]`, and f, `[N, F]`, of all steps.
  package func finishBack(
    _ gradient: Matrix, features: Matrix, _ pass: Pass, gradients: Parameters
  ) {
    pass.kernels.multiply(
      transposed: gradient, features, into: gradients[linear.weight], adding: true)
    pass.kernels.addColumnSums(of: gradient, to: gradients[linear.bias])
  }
}
