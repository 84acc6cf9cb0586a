package import DragomanLayers
package import DragomanTensor
package import DragomanText

/// What one recurrent layer did with a batch, a row per token, in no order that matters.
package struct LayerActivations {
  /// The layer, as its parameters are named: `encoder.0.forward`.
  package let name: String
  /// Its cell.
  package let cell: CellKind
  /// The gates, gate after gate: `[N, G·H]`.
  package let gates: Matrix
  /// h, `[N, H]`.
  package let states: Matrix
}

extension TranslationModel {
  /// The gates and states of all recurrent layers for a batch, with the true previous token at every step.
  ///
  /// The matrices live until the pass's workspace is reset.
  package func activations(_ batch: Batch, begin: Int32, _ pass: Pass) -> [LayerActivations] {
    let trace = forward(batch, begin: begin, pass)
    let encoder = configuration.encoder.cell
    let read = trace.encoded.recurrences.enumerated().flatMap { index, directions in
      zip(directions, Direction.allCases).map { trace, direction in
        LayerActivations(
          name: "encoder.\(index).\(direction.rawValue)", cell: encoder,
          gates: trace.layer.gateValues, states: trace.layer.states.hidden)
      }
    }
    let layers =
      switch trace.decoded.layers {
      case .hoisted(let traces): traces.map(\.layer)
      case .feeding(let trace): trace.layers
      }
    let written = layers.enumerated().map { index, trace in
      LayerActivations(
        name: "decoder.\(index)", cell: configuration.decoder.cell, gates: trace.gateValues,
        states: trace.states.hidden)
    }
    return read + written
  }
}
