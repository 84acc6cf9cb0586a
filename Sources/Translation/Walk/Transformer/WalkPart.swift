import DragomanLayers
import DragomanTensor

/// A part of a Transformer's layer, such as its self-attention, with what stands around it; a row for each token.
package struct WalkPart: Sendable {
  /// What the part is.
  package enum Work: Sendable {
    /// Attention to the part's own side.
    case selfAttention(WalkHeads)
    /// Attention to the source.
    case cross(WalkHeads)
    /// a and φ(a) of the feed-forward network, `[N, F]` each.
    case feedForward(inner: [[Float]], activated: [[Float]])
  }

  /// The part, as its parameters are named: `encoder.0.attention`.
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
  /// Which part of a layer, in its order.
  enum Kind {
    case attention(AttentionHeads)
    case cross(AttentionHeads)
    case feedForward
  }

  /// The parts of each layer of a side, `encoder` or `decoder`.
  static func layers(
    _ side: String, count: Int, _ kinds: [Kind], _ place: NormalizationPlace,
    _ layers: RecordedLayers
  ) -> [[WalkPart]] {
    (0..<count).map { layer in
      kinds.enumerated().map { index, kind in
        let isLast = index == kinds.count - 1
        let next =
          !isLast
          ? "\(side).\(layer).norm.\(index + 1).gain"
          : layer == count - 1 ? "\(side).norm.gain" : "\(side).\(layer + 1).norm.0.gain"
        return WalkPart(
          kind, "\(side).\(layer)", norm: "\(side).\(layer).norm.\(index).gain", next: next, place,
          layers)
      }
    }
  }

  /// A part of a layer; `norm` is the gain of its norm, and `next` that of the next norm on the way.
  private init(
    _ kind: Kind, _ layer: String, norm: String, next: String, _ place: NormalizationPlace,
    _ layers: RecordedLayers
  ) {
    switch place {
    case .before:
      normalized = layers.gave(norm)
      sums = layers.read(next)
      renormalized = nil
    case .after:
      normalized = nil
      sums = layers.read(norm)
      renormalized = layers.gave(norm)
    }
    switch kind {
    case .attention(let heads):
      name = "\(layer).attention"
      work = .selfAttention(WalkHeads(heads, own: name, layers))
      given = layers.gave("\(name).output.weight")
    case .cross(let heads):
      name = "\(layer).cross"
      work = .cross(WalkHeads(heads, source: name, layers))
      given = layers.gave("\(name).output.weight")
    case .feedForward:
      name = "\(layer).feedForward"
      work = .feedForward(
        inner: layers.gave("\(name).inner.weight"),
        activated: layers.read("\(name).outer.weight"))
      given = layers.gave("\(name).outer.weight")
    }
  }
}
