import DragomanLayers
import DragomanTensor

/// A part of a Transformer's layer, such as its self-attention, with what stands around it; a row for each token.
package struct WalkPart: Sendable {
  /// What the part is.
  package enum Work: Sendable {
    /// Attention to the part's own side.
    case selfAttention(WalkHeads)
    /// A recurrence in place of self-attention; y is its h.
    case recurrence(WalkRecurrence)
    /// Attention to the source.
    case cross(WalkHeads)
    /// a and φ(a) of the feed-forward network, `[N, F]` each.
    case feedForward(inner: [[Float]], activated: [[Float]])
  }

  /// The part, as its parameters are named: `encoder.0.attention`, `decoder.2.ssru`.
  package let name: String
  /// LN(x), `[N, D]`, where layers normalise before.
  package let normalized: [[Float]]?
  /// What it does inside.
  package let work: Work
  /// y, `[N, D]`: what it gives.
  package let given: [[Float]]
  /// x + y, `[N, D]`.
  package let sums: [[Float]]
  /// LN(x + y), `[N, D]`, where layers normalise after.
  package let renormalized: [[Float]]?

  /// What the next part reads, `[N, D]`.
  package var outputs: [[Float]] { renormalized ?? sums }
}

extension WalkPart {
  /// The parts of each layer of a side, `encoder` or `decoder`.
  static func layers(
    _ side: String, _ trace: TransformerStack.Trace, _ place: NormalizationPlace,
    _ recorded: RecordedLayers
  ) -> [[WalkPart]] {
    let norms = trace.layers.indices.map { layer in
      trace.layers[layer].indices.map { "\(side).\(layer).norm.\($0).gain" }
    }
    // Where layers normalise before, each sum is what the next norm on the way up reads.
    let above = norms.joined().dropFirst() + ["\(side).norm.gain"]
    var next = above.makeIterator()
    return trace.layers.indices.map { layer in
      zip(norms[layer], trace.layers[layer]).map { norm, kept in
        WalkPart(
          kept.function, "\(side).\(layer)", norm: norm, next: next.next() ?? norm, place, recorded)
      }
    }
  }

  /// A part of a layer; `norm` is the gain of its norm, and `next` that of the next norm on the way.
  private init(
    _ function: SublayerFunction.Trace, _ layer: String, norm: String, next: String,
    _ place: NormalizationPlace, _ recorded: RecordedLayers
  ) {
    switch place {
    case .before:
      normalized = recorded.gave(norm)
      sums = recorded.read(next)
      renormalized = nil
    case .after:
      normalized = nil
      sums = recorded.read(norm)
      renormalized = recorded.gave(norm)
    }
    switch function {
    case .attention(let attention, _):
      name = "\(layer).attention"
      work = .selfAttention(WalkHeads(attention.heads, own: name, recorded))
      given = recorded.gave("\(name).output.weight")
    case .recurrence(_, let trace):
      name = "\(layer).ssru"
      work = .recurrence(
        WalkRecurrence(name, .ssru, trace.layer, inputs: trace.input, isBackward: false))
      given = trace.layer.states.hidden.vectors
    case .cross(let attention, _):
      name = "\(layer).cross"
      work = .cross(WalkHeads(attention.heads, source: name, recorded))
      given = recorded.gave("\(name).output.weight")
    case .feedForward:
      name = "\(layer).feedForward"
      work = .feedForward(
        inner: recorded.gave("\(name).inner.weight"),
        activated: recorded.read("\(name).outer.weight"))
      given = recorded.gave("\(name).outer.weight")
    }
  }
}
