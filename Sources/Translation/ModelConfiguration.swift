public import DragomanLayers

/// The architecture of a model: the `model` object of a configuration.
///
/// Encoder, scorer and decoder combine freely. Sizes: E = ``embedding``, D = ``encoderWidth``,
/// H = `decoder.hidden`, A = `attention.size`.
public struct ModelConfiguration: Sendable, Equatable {
  /// Size of the word vectors of both languages (E).
  public var embedding = 128
  /// What reads the source.
  public var encoder = EncoderConfiguration()
  /// What writes the target.
  public var decoder = DecoderConfiguration()
  /// How the decoder looks at the source.
  public var attention = AttentionConfiguration()
  /// What is dropped during training.
  public var dropout = DropoutConfiguration()

  /// The default model.
  public init() {}

  /// Numbers in one vector of the encoded source (D): twice `encoder.hidden` when bidirectional.
  public var encoderWidth: Int { encoder.hidden * (encoder.bidirectional ? 2 : 1) }

  /// Numbers in the encoder state that one decoder layer starts from, before a bridge; none for `zero`.
  public var initialStateWidth: Int? {
    switch decoder.initialState {
    case .backward: encoder.hidden
    case .top, .layerwise, .mean: encoderWidth
    case .zero: nil
    }
  }
}

/// The encoder: the `model.encoder` object of a configuration.
public struct EncoderConfiguration: Sendable, Equatable {
  /// The recurrent cell.
  public var cell = CellKind.gru
  /// Size of the state of one direction of one layer.
  public var hidden = 128
  /// Number of layers; each reads the one below.
  public var layers = 1
  /// Whether each layer reads the source in both directions and joins the two states.
  public var bidirectional = true
  /// Whether each layer but the lowest adds its input to its output.
  public var residual = false
  /// Whether the products of a cell are normalised in each gate.
  public var layerNormalization = false

  /// The default encoder.
  public init() {}
}

/// The decoder: the `model.decoder` object of a configuration.
public struct DecoderConfiguration: Sendable, Equatable {
  /// The recurrent cell.
  public var cell = CellKind.gru
  /// Size of the state of one layer (H).
  public var hidden = 256
  /// Number of layers; each reads the one below, and attention asks with the topmost.
  public var layers = 1
  /// Whether each layer but the lowest adds its input to its output.
  public var residual = false
  /// Whether the products of a cell are normalised in each gate.
  public var layerNormalization = false
  /// Where the first state comes from.
  public var initialState = InitialState.backward
  /// Whether a layer tanh(W s + b) stands between the encoder's state and the decoder's.
  ///
  /// Without it the state is copied. Means nothing when ``initialState`` is ``InitialState/zero``.
  public var bridge = true
  /// Whether the decoder also reads the context of the previous step.
  public var contextFeeding = true

  /// The default decoder.
  public init() {}
}

/// Attention: the `model.attention` object of a configuration.
public struct AttentionConfiguration: Sendable, Equatable {
  /// The scorer.
  public var score = ScorerKind.additive
  /// Size of the hidden layer of the additive scorer (A); the others have none.
  public var size = 128
  /// Source positions, `</s>` included, that the location scorer has weights for.
  ///
  /// `nil` means as many as the longest training source needs. The other scorers have no limit.
  public var positions: Int?

  /// The default attention.
  public init() {}
}

/// Chances that an activation is zeroed during training: `model.dropout` of a configuration.
public struct DropoutConfiguration: Sendable, Equatable {
  /// In the word vectors of both languages.
  public var embedding = 0.2
  /// Between the layers of encoder and decoder.
  public var layers = 0.2
  /// In what the output layer reads.
  public var output = 0.2
  /// Whether all steps of a sentence share one mask, instead of one each.
  public var variational = false
  /// In the recurrent states, where they enter their product; only if ``variational``.
  public var states = 0.0

  /// The default dropout.
  public init() {}

  /// The same chance in word vectors, between layers and in the output.
  public init(_ everywhere: Double) {
    embedding = everywhere
    layers = everywhere
    output = everywhere
  }
}
