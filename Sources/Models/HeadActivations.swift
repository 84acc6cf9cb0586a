import DragomanLayers
package import DragomanTensor

/// Where the heads of one attention looked in a batch, for people to see.
package struct HeadActivations {
  /// The attention, as its parameters are named: `decoder.0.cross`.
  package let name: String
  /// How queries see.
  package let heads: AttentionHeads
  /// α of all heads, `[N, h·S]`.
  package let weights: Matrix
  /// Which queries have which sources.
  package let spans: [AttentionSpan]
}

/// What all layers of a model did with a batch.
package struct ModelActivations {
  /// The units of each layer.
  package let layers: [LayerActivations]
  /// The heads of each attention of a Transformer.
  package let heads: [HeadActivations]
}

extension TransformerStack.Trace {
  /// φ(a) of the feed-forward networks, and gates and states of recurrences; `side` is `encoder` or `decoder`.
  func activations(_ side: String) -> [LayerActivations] {
    layers.enumerated().flatMap { index, sublayers in
      sublayers.compactMap { sublayer -> LayerActivations? in
        switch sublayer.function {
        case .feedForward(_, let trace):
          LayerActivations(
            name: "\(side).\(index).feedForward",
            parts: [.init(name: "hidden", range: .unbounded, values: trace.activated)])
        case .recurrence(_, let trace):
          LayerActivations(name: "\(side).\(index).ssru", cell: .ssru, trace.layer)
        case .attention, .cross: nil
        }
      }
    }
  }

  /// Where the heads looked, layer after layer.
  func heads(_ side: String) -> [HeadActivations] {
    layers.enumerated().flatMap { index, sublayers in
      sublayers.compactMap { sublayer -> HeadActivations? in
        switch sublayer.function {
        case .attention(let attention, let trace):
          HeadActivations(
            name: "\(side).\(index).attention", heads: attention.heads, weights: trace.weights,
            spans: trace.spans)
        case .cross(let attention, let trace):
          HeadActivations(
            name: "\(side).\(index).cross", heads: attention.heads, weights: trace.weights,
            spans: trace.spans)
        case .recurrence, .feedForward: nil
        }
      }
    }
  }
}
