import DragomanLayers
package import DragomanModels
import DragomanTensor

/// The way through a recurrent encoder.
package struct RecurrentEncoderWalk: Sendable {
  /// Its choices.
  package let configuration: RecurrentEncoderConfiguration
  /// The recurrences: for each layer, for each direction.
  package let layers: [[WalkRecurrence]]
  /// What comes out of each layer, `[S, D]`; of the last one these are the states hᵢ.
  package let outputs: [[[Float]]]
  /// ∂h of each layer and direction by position, `[S, H]`, if that was asked for.
  package let gradients: [[[[Float]]]]?

  /// x, `[S, E]`: what the lowest layer reads.
  var embeddings: [[Float]] { layers[0][0].steps.map(\.input) }
  /// hᵢ, `[S, D]`.
  var states: [[Float]] { outputs[outputs.count - 1] }
}

extension RecurrentEncoderWalk {
  /// What an encoder did with the only sentence of a batch.
  init(
    _ encoder: RecurrentEncoder, _ trace: RecurrentEncoder.Trace, states: [[Float]],
    back: Recorder?
  ) {
    configuration = encoder.configuration
    let layers = trace.stack.recurrences.enumerated().map { layer, traces in
      zip(traces, Direction.allCases).map { trace, direction in
        WalkRecurrence(
          "encoder.\(layer).\(direction.rawValue)", encoder.cell, trace.layer, inputs: trace.input,
          isBackward: direction == .backward)
      }
    }
    self.layers = layers
    // What a layer gives is what the one above it reads.
    outputs = layers.dropFirst().map { $0[0].steps.map(\.input) } + [states]
    gradients = back.map { recorder in
      encoder.stack.layers.map { layer in
        layer.recurrences.map { recurrence in
          let rows = recorder[.stateGradient(recurrence.layer.inputWeight)]
          // The first step back is at the sentence's end, or at its beginning if that was read last.
          return recurrence.direction == .forward ? rows.reversed() : rows
        }
      }
    }
  }
}
