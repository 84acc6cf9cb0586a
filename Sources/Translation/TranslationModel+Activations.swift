public import DragomanLayers
public import DragomanTensor
public import DragomanText

/// What one recurrent layer did with a batch, a row per token, in no order that matters.
public struct LayerActivations {
  /// The layer, as its parameters are named: `encoder.0.forward`.
  public let name: String
  /// Its cell.
  public let cell: CellKind
  /// The gates, gate after gate: `[N, G·H]`.
  public let gates: Matrix
  /// h, `[N, H]`.
  public let states: Matrix
}

extension TranslationModel {
  /// The gates and states of all recurrent layers for a batch, with the true previous token at every step.
  ///
  /// The matrices live until the pass's workspace is reset.
  public func activations(_ batch: Batch, begin: Int32, _ pass: Pass) -> [LayerActivations] {
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
