import DragomanFormats
package import DragomanLayers

/// A recurrent decoder: the `model.decoder` object of the kind `recurrent`.
package struct RecurrentDecoderConfiguration: Sendable, Equatable {
  /// The recurrent cell.
  package var cell = CellKind.gru
  /// Size of the state of one layer (H).
  package var hidden = 256
  /// Number of layers; each reads the one below, and attention asks with the topmost.
  package var layers = 1
  /// Whether each layer but the lowest adds its input to its output.
  package var residual = false
  /// Whether the products of a cell are normalised in each gate.
  package var layerNormalization = false
  /// Where the first state comes from.
  package var initialState = InitialState.backward
  /// Whether a layer tanh(W s + b) stands between the encoder's state and the decoder's.
  ///
  /// Without it the state is copied. Means nothing when ``initialState`` is ``InitialState/zero``.
  package var bridge = true
  /// What the decoder also reads of the previous step.
  package var feeding = InputFeeding.context
  /// What stands between the decoder and the projection to the vocabulary.
  package var output = OutputConfiguration()

  /// The default decoder.
  package init() {}

  /// Numbers in the deep output's layer; `nil` if there is none.
  package func deepOutputSize(in model: ModelConfiguration) -> Int? {
    output.kind == .deep ? output.hidden ?? model.embedding : nil
  }

  /// Numbers that a step gives to its output: of [s ; c], or of h̃.
  func readoutSize(in model: ModelConfiguration) -> Int {
    hidden + (feeding == .attentional ? 0 : model.encoder.width)
  }

  /// Numbers in the encoder state that one layer starts from, before a bridge; none for `zero`.
  package func initialStateWidth(of encoder: EncoderConfiguration) -> Int? {
    switch initialState {
    case .backward: encoder.recurrent?.hidden
    case .top, .layerwise, .mean: encoder.width
    case .zero: nil
    }
  }

  /// What does not fit the rest of the model.
  func conflicts(in model: ModelConfiguration) -> [ConfigurationConflict] {
    RecurrentConflicts(decoder: self, model: model).all
  }
}
