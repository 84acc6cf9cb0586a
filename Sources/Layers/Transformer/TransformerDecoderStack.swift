package import DragomanTensor

/// The layers of a Transformer's decoder.
///
///     x ← x + causal(x)        x ← x + cross(x, h)        x ← x + feedForward(x)        with a norm around each: ``Sublayer``
///
/// and one norm on top where layers normalise before. Vaswani et al. 2017, section 3.1 (arXiv:1706.03762).
package struct TransformerDecoderStack: Sendable {
  struct Layer: Sendable {
    let attention: SelfAttention
    let first: Sublayer
    let cross: CrossAttention
    let second: Sublayer
    let feedForward: FeedForward
    let third: Sublayer
  }

  let layers: [Layer]
  let top: LayerNorm?
  /// D.
  package let width: Int

  /// Adds `name.0.attention.…`, `.norm.0.…`, `.cross.…`, `.norm.1.…`, `.feedForward.…`, `.norm.2.…`, … and `name.norm.…`;
  /// `memory` is the width of what is looked at.
  package init(
    name: String, _ shape: TransformerShape, memory: Int, layout: inout ParameterLayout
  ) {
    var layers: [Layer] = []
    for index in 0..<shape.layers {
      let path = "\(name).\(index)"
      layers.append(
        Layer(
          attention: shape.selfAttention(path, isCausal: true, layout: &layout),
          first: shape.sublayer(path, 0, layout: &layout),
          cross: CrossAttention(
            name: "\(path).cross", size: shape.width, memory: memory, heads: shape.crossHeads,
            dropout: shape.mask(shape.attentionDropout, "\(path).cross"), layout: &layout),
          second: shape.sublayer(path, 1, layout: &layout),
          feedForward: shape.feedForward(path, layout: &layout),
          third: shape.sublayer(path, 2, layout: &layout)))
    }
    self.layers = layers
    top = shape.top(name, layout: &layout)
    width = shape.width
  }

  /// Multiply-adds of the products for one token of the target, but for those of the weights of attention.
  package var multiplicationsPerTarget: Int {
    layers.reduce(0) {
      $0 + $1.attention.multiplications + $1.cross.multiplicationsPerTarget
        + $1.feedForward.multiplications
    }
  }

  /// Multiply-adds of the products for one token of the source.
  package var multiplicationsPerSource: Int {
    layers.reduce(0) { $0 + $1.cross.multiplicationsPerSource }
  }

  /// How many layers there are.
  package var count: Int { layers.count }

  /// What the way back needs.
  package struct Trace {
    struct Layer {
      let attention: SelfAttention.Trace
      let first: Sublayer.Trace
      let cross: CrossAttention.Trace
      let second: Sublayer.Trace
      let feedForward: FeedForward.Trace
      let third: Sublayer.Trace
    }

    let layers: [Layer]
    let top: NormalizedRows?
    let sentences: [Int32]
    /// α of the self-attention of each layer, `[N, h·T]`.
    package var attention: [Matrix] { layers.map(\.attention.weights) }
    /// α of the attention of each layer to the source, `[N, h·S]`.
    package var cross: [Matrix] { layers.map(\.cross.weights) }
  }

  /// Maps `[N, D]` to `[N, D]`.
  package func forward(
    _ x: Matrix, offsets: [Int32], _ states: RaggedMatrix, sentences: [Int32], _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    let (longest, longestSource) = (offsets.longest, states.longest)
    var x = x
    var traces: [Trace.Layer] = []
    for layer in layers {
      let (entered, firstKept) = layer.first.enter(x, pass)
      let (attended, attention) = layer.attention.forward(
        entered, offsets: offsets, longest: longest, sentences: sentences, pass)
      let (looking, first) = layer.first.leave(
        x, from: attended, firstKept, sentences: sentences, pass)
      let (asked, secondKept) = layer.second.enter(looking, pass)
      let (seen, cross) = layer.cross.forward(
        asked, offsets: offsets, states, longest: longestSource, sentences: sentences, pass)
      let (middle, second) = layer.second.leave(
        looking, from: seen, secondKept, sentences: sentences, pass)
      let (read, thirdKept) = layer.third.enter(middle, pass)
      let (written, feedForward) = layer.feedForward.forward(read, sentences: sentences, pass)
      let (output, third) = layer.third.leave(
        middle, from: written, thirdKept, sentences: sentences, pass)
      traces.append(
        Trace.Layer(
          attention: attention, first: first, cross: cross, second: second,
          feedForward: feedForward, third: third))
      x = output
    }
    guard let top else { return (x, Trace(layers: traces, top: nil, sentences: sentences)) }
    let (output, kept) = top.forward(x, pass)
    return (output, Trace(layers: traces, top: kept, sentences: sentences))
  }

  /// Adds to the gradients of the parameters and of the states, `[M, D_h]`, and turns the gradient of the output, `[N, D]`,
  /// into that of the input.
  package func backward(
    _ gradient: Matrix, addingTo stateGradient: Matrix, _ trace: Trace, _ pass: Pass,
    gradients: Parameters
  ) {
    let sentences = trace.sentences
    if let top, let kept = trace.top { top.backward(gradient, kept, pass, gradients: gradients) }
    for (layer, trace) in zip(layers, trace.layers).reversed() {
      let written = layer.third.leaveBack(
        gradient, trace.third, sentences: sentences, pass, gradients: gradients)
      let read = layer.feedForward.backward(
        written, trace.feedForward, sentences: sentences, pass, gradients: gradients)
      layer.third.enterBack(read, addingTo: gradient, trace.third, pass, gradients: gradients)
      let seen = layer.second.leaveBack(
        gradient, trace.second, sentences: sentences, pass, gradients: gradients)
      let asked = layer.cross.backward(
        seen, addingTo: stateGradient, trace.cross, pass, gradients: gradients)
      layer.second.enterBack(asked, addingTo: gradient, trace.second, pass, gradients: gradients)
      let attended = layer.first.leaveBack(
        gradient, trace.first, sentences: sentences, pass, gradients: gradients)
      let entered = layer.attention.backward(
        attended, trace.attention, pass, gradients: gradients)
      layer.first.enterBack(entered, addingTo: gradient, trace.first, pass, gradients: gradients)
    }
  }
}
