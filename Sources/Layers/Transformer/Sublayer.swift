package import DragomanTensor

/// Where a Transformer normalises.
package enum NormalizationPlace: String, CaseIterable, Sendable {
  /// What goes into a sublayer: x + f(LN(x)); another norm stands on top of the stack.
  case before
  /// What comes out: LN(x + f(x)).
  case after
}

/// Add and norm: what stands around each part f of a Transformer's layer.
///
///     before: y = x + dropout(f(LN(x)))        after: y = LN(x + dropout(f(x)))
///
/// Vaswani et al. 2017, section 3.1 and 5.4 (arXiv:1706.03762), who normalise after; Xiong et al. 2020 (arXiv:2002.04745) on
/// the order before, which trains without a warm-up. Whoever has f calls it between ``enter(_:_:)`` and
/// ``leave(_:from:_:sentences:_:)``, and its way back between ``leaveBack(_:_:sentences:_:gradients:)`` and
/// `enterBack`.
package struct Sublayer: Sendable {
  let norm: LayerNorm
  let place: NormalizationPlace
  let dropout: Dropout

  /// Adds `name.gain` and `name.bias`; `dropout` is applied to what f gives.
  package init(
    name: String, size: Int, _ place: NormalizationPlace, dropout: Dropout,
    layout: inout ParameterLayout
  ) {
    norm = LayerNorm(name: name, size: size, layout: &layout)
    self.place = place
    self.dropout = dropout
  }

  /// What the way back needs.
  package struct Trace {
    fileprivate let kept: NormalizedRows
  }

  /// What f reads, `[N, D]`, of x.
  package func enter(_ x: Matrix, _ pass: Pass) -> (input: Matrix, kept: NormalizedRows?) {
    switch place {
    case .before:
      let (input, kept) = norm.forward(x, pass)
      return (input, kept)
    case .after: return (x, nil)
    }
  }

  /// y, `[N, D]`, of x and of what f gave, which is overwritten.
  package func leave(
    _ x: Matrix, from output: Matrix, _ entered: NormalizedRows?, sentences: [Int32], _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    dropout.apply(to: output, sentences: sentences[...], pass)
    pass.kernels.add(x, to: output)
    switch place {
    case .before:
      guard let entered else { preconditionFailure("a norm before that was not entered") }
      return (output, Trace(kept: entered))
    case .after:
      let (result, kept) = norm.forward(output, pass)
      return (result, Trace(kept: kept))
    }
  }

  /// The gradients of x along the way around f, `[N, D]`, and of what f gave, in memory of its own, given ∂y, which is
  /// overwritten by the former.
  ///
  /// In the forward pass, in this order: dropout(f); x + …; and LN of it if the norm stands after.
  package func leaveBack(
    _ gradient: Matrix, _ trace: Trace, sentences: [Int32], _ pass: Pass, gradients: Parameters
  ) -> Matrix {
    switch place {
    case .before: break
    case .after: norm.backward(gradient, trace.kept, pass, gradients: gradients)
    }
    let inner = pass.workspace.matrix(rows: gradient.rows, columns: gradient.columns)
    pass.kernels.copy(gradient, to: inner)
    dropout.apply(to: inner, sentences: sentences[...], pass)
    return inner
  }

  /// Adds to ∂x what comes through f, given the gradient of what f read, which is overwritten.
  package func enterBack(
    _ gradient: Matrix, addingTo x: Matrix, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) {
    switch place {
    case .before: norm.backward(gradient, trace.kept, pass, gradients: gradients)
    case .after: break
    }
    pass.kernels.add(gradient, to: x)
  }

  // MARK: Decoding

  /// What f reads, in memory of its own, with nothing kept.
  package func enterStep(_ x: Matrix, _ pass: Pass) -> Matrix {
    let input = pass.workspace.matrix(rows: x.rows, columns: x.columns)
    pass.kernels.copy(x, to: input)
    switch place {
    case .before: norm.apply(to: input, pass)
    case .after: break
    }
    return input
  }

  /// Turns what f gave into y, in place.
  package func leaveStep(_ x: Matrix, into output: Matrix, _ pass: Pass) {
    pass.kernels.add(x, to: output)
    switch place {
    case .before: break
    case .after: norm.apply(to: output, pass)
    }
  }
}
