package import DragomanTensor

/// The layers of a Transformer's encoder or decoder: sublayers one after the other.
///
///     encoder: x ← x + attention(x)        x ← x + feedForward(x)
///     decoder: x ← x + causal(x)        x ← x + cross(x, h)        x ← x + feedForward(x)
///
/// with a norm around each, ``Sublayer``, and one norm on top where layers normalise before. Vaswani et al. 2017,
/// section 3.1 (arXiv:1706.03762). A decoder may have a recurrence in place of its causal self-attention.
package struct TransformerStack: Sendable {
  /// The sublayers of each layer.
  package let layers: [[Sublayer]]
  let top: LayerNorm?
  /// D.
  package let width: Int

  /// Adds `name.0.attention.…` or `name.0.ssru.…`, `.norm.0.…`, …, `.feedForward.…` and its norm, … and `name.norm.…`.
  ///
  /// A decoder looks at states of `memory` numbers, and its tokens see those before them alone; `memory` is `nil` of an
  /// encoder.
  package init(
    name: String, _ shape: TransformerShape, memory: Int? = nil, layout: inout ParameterLayout
  ) {
    var layers: [[Sublayer]] = []
    for index in 0..<shape.layers {
      layers.append(shape.sublayers("\(name).\(index)", memory: memory, layout: &layout))
    }
    self.layers = layers
    top = shape.top(name, layout: &layout)
    width = shape.width
  }

  /// What the backward pass needs.
  package struct Trace {
    /// Of each sublayer of each layer.
    package let layers: [[Sublayer.Trace]]
    let top: NormalizedRows?
    let batch: TransformerBatch

    /// α of the self-attention of each layer, `[N, h·S]`; none where a recurrence stands in its place.
    package var attention: [Matrix] {
      layers.joined().compactMap { sublayer in
        switch sublayer.function {
        case .attention(_, let trace): trace.weights
        case .recurrence, .cross, .feedForward: nil
        }
      }
    }

    /// α of the attention of each layer to the source, `[N, h·S]`.
    package var cross: [Matrix] {
      layers.joined().compactMap { sublayer in
        switch sublayer.function {
        case .cross(_, let trace): trace.weights
        case .attention, .recurrence, .feedForward: nil
        }
      }
    }
  }

  /// Maps `[N, D]`, which is used up, to `[N, D]`.
  package func forward(
    _ x: Matrix, _ batch: TransformerBatch, _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    var x = x
    let given = pass.workspace.matrix(rows: x.rows, columns: width)
    let traces = layers.map { layer in
      layer.map { sublayer in
        let (output, trace) = sublayer.forward(x, given: given, batch, pass)
        x = output
        return trace
      }
    }
    guard let top else { return (x, Trace(layers: traces, top: nil, batch: batch)) }
    let (output, kept) = top.forward(x, pass)
    return (output, Trace(layers: traces, top: kept, batch: batch))
  }

  /// Adds to the gradients of the parameters and of what a decoder looks at, `[M, D_h]`, and turns the gradient of the
  /// output, `[N, D]`, into that of the input.
  package func backward(
    _ gradient: Matrix, memory: Matrix? = nil, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) {
    if let top, let kept = trace.top { top.backward(gradient, kept, pass, gradients: gradients) }
    for (sublayer, kept) in zip(layers.joined(), trace.layers.joined()).reversed() {
      sublayer.backward(
        gradient, memory: memory, kept, trace.batch, pass, gradients: gradients)
    }
  }

  /// Multiply-adds in the forward pass through sentences that begin at `offsets` and look at those that begin at
  /// `sources`.
  package func multiplications(offsets: [Int32], sources: [Int32] = []) -> Double {
    layers.joined().reduce(0) {
      $0 + $1.function.multiplications(offsets: offsets, sources: sources)
    }
  }
}
