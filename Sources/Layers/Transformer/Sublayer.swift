import DragomanTensor

/// Where a Transformer normalises.
package enum NormalizationPlace: String, CaseIterable, Sendable {
  /// What goes into a sublayer: x + f(LN(x)); another norm stands on top of the stack.
  case before
  /// What comes out: LN(x + f(x)).
  case after
}

/// A part f of a Transformer's layer, with add and norm around it.
///
///     before: y = x + dropout(f(LN(x)))        after: y = LN(x + dropout(f(x)))
///
/// Vaswani et al. 2017, section 3.1 and 5.4 (arXiv:1706.03762), who normalise after; Xiong et al. 2020
/// (arXiv:2002.04745) on the order before, which trains without a warm-up. The backward pass:
///
///     before: ∂x = ∂y + ∂LN(∂f(dropout(∂y)))        after: g = ∂LN(∂y)    ∂x = g + ∂f(dropout(g))
package struct Sublayer: Sendable {
  /// f.
  package let function: SublayerFunction
  let norm: LayerNorm
  let place: NormalizationPlace
  let dropout: Dropout

  /// Adds `name.gain` and `name.bias`; `dropout` is applied to what f gives.
  init(
    _ function: SublayerFunction, name: String, size: Int, _ place: NormalizationPlace,
    dropout: Dropout, layout: inout ParameterLayout
  ) {
    self.function = function
    norm = LayerNorm(name: name, size: size, layout: &layout)
    self.place = place
    self.dropout = dropout
  }

  /// What the backward pass needs.
  package struct Trace {
    let normalized: NormalizedRows
    /// What f kept.
    package let function: SublayerFunction.Trace
  }

  /// Maps `[N, D]` to `[N, D]`.
  ///
  /// x itself becomes y where the norm stands before. What f gives goes to `given`, `[N, D]`, and is not needed
  /// after that.
  func forward(
    _ x: Matrix, given: Matrix, _ batch: TransformerBatch, _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    switch place {
    case .before:
      let (input, kept) = norm.forward(x, pass)
      let function = self.function.forward(input, into: given, batch, pass)
      dropout.apply(to: given, sentences: batch.sentences[...], pass)
      pass.kernels.add(given, to: x)
      return (x, Trace(normalized: kept, function: function))
    case .after:
      let function = self.function.forward(x, into: given, batch, pass)
      dropout.apply(to: given, sentences: batch.sentences[...], pass)
      pass.kernels.add(x, to: given)
      let (output, kept) = norm.forward(given, pass)
      return (output, Trace(normalized: kept, function: function))
    }
  }

  /// Turns ∂y, `[N, D]`, into ∂x in place, and adds to the gradients of the parameters.
  ///
  /// Attention to a source adds to the gradient of that as well, `[M, D_h]`. What is needed on the way is given back,
  /// so that a stack takes it once.
  func backward(
    _ gradient: Matrix, memory: Matrix?, _ trace: Trace, _ batch: TransformerBatch, _ pass: Pass,
    gradients: Parameters
  ) {
    switch place {
    case .before: break
    case .after: norm.backward(gradient, trace.normalized, pass, gradients: gradients)
    }
    pass.workspace.scoped {
      let delta = pass.workspace.matrix(rows: gradient.rows, columns: gradient.columns)
      pass.kernels.copy(gradient, to: delta)
      dropout.apply(to: delta, sentences: batch.sentences[...], pass)
      let input = trace.function.backward(delta, memory: memory, batch, pass, gradients: gradients)
      switch place {
      case .before: norm.backward(input, trace.normalized, pass, gradients: gradients)
      case .after: break
      }
      pass.kernels.add(input, to: gradient)
    }
  }
}
