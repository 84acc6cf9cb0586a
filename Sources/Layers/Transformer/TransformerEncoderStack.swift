package import DragomanTensor

/// The layers of a Transformer's encoder.
///
///     x ← x + attention(x)        x ← x + feedForward(x)        with a norm around each: ``Sublayer``
///
/// and one norm on top where layers normalise before. Vaswani et al. 2017, section 3.1 (arXiv:1706.03762).
package struct TransformerEncoderStack: Sendable {
  struct Layer: Sendable {
    let attention: SelfAttention
    let first: Sublayer
    let feedForward: FeedForward
    let second: Sublayer
  }

  let layers: [Layer]
  let top: LayerNorm?

  /// Adds `name.0.attention.…`, `name.0.norm.0.…`, `name.0.feedForward.…`, `name.0.norm.1.…`, … and `name.norm.…`.
  package init(name: String, _ shape: TransformerShape, layout: inout ParameterLayout) {
    var layers: [Layer] = []
    for index in 0..<shape.layers {
      let path = "\(name).\(index)"
      layers.append(
        Layer(
          attention: shape.selfAttention(path, isCausal: false, layout: &layout),
          first: shape.sublayer(path, 0, layout: &layout),
          feedForward: shape.feedForward(path, layout: &layout),
          second: shape.sublayer(path, 1, layout: &layout)))
    }
    self.layers = layers
    top = shape.top(name, layout: &layout)
  }

  /// Multiply-adds of the products for one token, but for those of the weights of attention.
  package var multiplications: Int {
    layers.reduce(0) { $0 + $1.attention.multiplications + $1.feedForward.multiplications }
  }

  /// What the way back needs.
  package struct Trace {
    struct Layer {
      let attention: SelfAttention.Trace
      let first: Sublayer.Trace
      let feedForward: FeedForward.Trace
      let second: Sublayer.Trace
    }

    let layers: [Layer]
    let top: NormalizedRows?
    let sentences: [Int32]
    /// α of each layer, `[N, h·S]`.
    package var attention: [Matrix] { layers.map(\.attention.weights) }
  }

  /// Maps `[N, D]` to `[N, D]`.
  package func forward(
    _ x: Matrix, offsets: [Int32], sentences: [Int32], _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    let longest = offsets.longest
    var x = x
    var traces: [Trace.Layer] = []
    for layer in layers {
      let (entered, firstKept) = layer.first.enter(x, pass)
      let (attended, attention) = layer.attention.forward(
        entered, offsets: offsets, longest: longest, sentences: sentences, pass)
      let (middle, first) = layer.first.leave(
        x, from: attended, firstKept, sentences: sentences, pass)
      let (read, secondKept) = layer.second.enter(middle, pass)
      let (written, feedForward) = layer.feedForward.forward(read, sentences: sentences, pass)
      let (output, second) = layer.second.leave(
        middle, from: written, secondKept, sentences: sentences, pass)
      traces.append(
        Trace.Layer(attention: attention, first: first, feedForward: feedForward, second: second))
      x = output
    }
    guard let top else { return (x, Trace(layers: traces, top: nil, sentences: sentences)) }
    let (output, kept) = top.forward(x, pass)
    return (output, Trace(layers: traces, top: kept, sentences: sentences))
  }

  /// Adds to the gradients of the parameters and turns the gradient of the output, `[N, D]`, into that of the input.
  package func backward(
    _ gradient: Matrix, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) {
    let sentences = trace.sentences
    if let top, let kept = trace.top { top.backward(gradient, kept, pass, gradients: gradients) }
    for (layer, trace) in zip(layers, trace.layers).reversed() {
      let written = layer.second.leaveBack(
        gradient, trace.second, sentences: sentences, pass, gradients: gradients)
      let read = layer.feedForward.backward(
        written, trace.feedForward, sentences: sentences, pass, gradients: gradients)
      layer.second.enterBack(
        read, addingTo: gradient, trace.second, pass, gradients: gradients)
      let attended = layer.first.leaveBack(
        gradient, trace.first, sentences: sentences, pass, gradients: gradients)
      let entered = layer.attention.backward(
        attended, trace.attention, pass, gradients: gradients)
      layer.first.enterBack(
        entered, addingTo: gradient, trace.first, pass, gradients: gradients)
    }
  }
}
