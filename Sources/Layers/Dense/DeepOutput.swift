package import DragomanTensor

/// A hidden layer between the decoder and the vocabulary.
///
///     t = tanh(U f + d)        t = tanh(U [f ; x] + d)
///
/// with f = [s_t ; c_t] and x the word vector of the previous token. The "deep output" of Pascanu et al. 2014 (section
/// 3.3.2, arXiv:1312.6026) as Bahdanau et al. 2015 (appendix A.2.2, arXiv:1409.0473) have it in a translation model,
/// with tanh in place of maxout. It sets the width of the projection free from those of decoder and encoder.
package struct DeepOutput: Sendable {
  /// U `[F, inputs]` and d `[F]`; the columns of f come first, then those of x.
  let linear: Linear
  /// Whether x is read.
  package let readsEmbedding: Bool

  /// A layer of `size` numbers over `features` numbers, and over `embedding` more if they are given.
  package init(
    name: String, features: Int, embedding: Int?, size: Int, layout: inout ParameterLayout
  ) {
    readsEmbedding = embedding != nil
    linear = Linear(
      name: name, from: features + (embedding ?? 0), to: size, layout: &layout)
  }

  /// Numbers that come out (F).
  package var size: Int { linear.outputs }
  /// Numbers that go in.
  package var inputs: Int { linear.inputs }

  /// What the backward pass needs.
  package struct Trace {
    /// f, or [f ; x], `[N, inputs]`.
    let input: Matrix
    /// t, `[N, F]`.
    package let output: Matrix
  }

  /// Packs U for many small calls; the weights must not change as long as the result is in use.
  package func packed(_ weights: Parameters, _ kernels: Kernels) -> PackedMatrix {
    linear.packed(weights, kernels)
  }

  /// Maps N rows of f, `[N, features]`, and of x, `[N, E]`, to t, `[N, F]`.
  package func forward(
    _ features: Matrix, embedded: Matrix, with packed: PackedMatrix? = nil, _ pass: Pass
  ) -> Trace {
    var input = features
    if readsEmbedding {
      input = pass.workspace.matrix(rows: features.rows, columns: inputs)
      pass.kernels.copy(features, to: input.columns(0..<features.columns))
      pass.kernels.copy(embedded, to: input.columns(features.columns..<inputs))
    }
    let output = pass.workspace.matrix(rows: features.rows, columns: size)
    if let packed {
      linear.forward(input, packed, into: output, pass)
    } else {
      linear.forward(input, into: output, pass)
    }
    pass.kernels.tanh(output)
    return Trace(input: input, output: output)
  }

  /// Adds to the gradients of U and d and returns ∂f, `[N, features]`, and ∂x, `[N, E]`, given ∂L/∂t, `[N, F]`, which
  /// is overwritten.
  ///
  /// In the forward pass: t = tanh(ζ), ζ = U [f ; x] + d.
  ///
  ///     ∂ζ = ∂t ⊙ (1 − t²)        [∂f ; ∂x] = ∂ζ U        ∂U += ∂ζᵀ [f ; x]        ∂d += Σ ∂ζ
  package func backward(
    _ gradient: Matrix, _ trace: Trace, features: Int, _ pass: Pass, gradients: Parameters
  ) -> (features: Matrix, embedded: Matrix?) {
    pass.kernels.tanhBackward(gradient, output: trace.output)
    let inputGradient = pass.workspace.matrix(rows: gradient.rows, columns: inputs)
    linear.backward(
      gradient, input: trace.input, inputGradient: inputGradient, pass, gradients: gradients)
    return (
      inputGradient.columns(0..<features),
      readsEmbedding ? inputGradient.columns(features..<inputs) : nil
    )
  }
}
