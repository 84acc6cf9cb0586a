package import DragomanLayers

/// The architecture of a model: the `model` object of a configuration.
///
/// Encoder, scorer and decoder combine freely. Sizes: E = ``embedding``, D = ``encoderWidth``,
/// H = `decoder.hidden`, A = `attention.size`.
package struct ModelConfiguration: Sendable, Equatable {
  /// Size of the word vectors of both languages (E).
  package var embedding = 128
  /// What reads the source.
  package var encoder = EncoderConfiguration()
  /// What writes the target.
  package var decoder = DecoderConfiguration()
  /// How the decoder looks at the source.
  package var attention = AttentionConfiguration()
  /// Which tables of word vectors and weights are one.
  package var tied = TiedWeights.none
  /// What is dropped during training.
  package var dropout = DropoutConfiguration()

  /// The default model.
  package init() {}

  /// Numbers in one vector of the encoded source (D): twice `encoder.hidden` when bidirectional.
  package var encoderWidth: Int { encoder.hidden * (encoder.bidirectional ? 2 : 1) }

  /// Numbers in the deep output's layer; `nil` if there is none.
  package var deepOutputSize: Int? {
    decoder.output.kind == .deep ? decoder.output.hidden ?? embedding : nil
  }

  /// Numbers that the projection to the vocabulary reads.
  package var projectedSize: Int { deepOutputSize ?? readoutSize }

  /// Numbers that a step of the decoder gives to its output: of [s ; c], or of h̃.
  var readoutSize: Int { decoder.hidden + (decoder.feeding == .attentional ? 0 : encoderWidth) }

  /// Numbers in the encoder state that one decoder layer starts from, before a bridge; none for `zero`.
  package var initialStateWidth: Int? {
    switch decoder.initialState {
    case .backward: encoder.hidden
    case .top, .layerwise, .mean: encoderWidth
    case .zero: nil
    }
  }
}

/// Which tables of word vectors and weights are one parameter: `model.tied` of a configuration.
///
/// Press and Wolf 2017 (arXiv:1608.05859): ``output`` is their "weight tying", ``all`` their "three-way weight tying".
package enum TiedWeights: String, CaseIterable, Sendable {
  /// None.
  case none
  /// The target's word vectors and the weight of the projection to the target vocabulary.
  case output
  /// The word vectors of source and target, which then need one vocabulary.
  case languages
  /// All three.
  case all

  /// Whether the projection's weight is the target's table.
  package var joinsOutput: Bool { self == .output || self == .all }
  /// Whether source and target have one table.
  package var joinsLanguages: Bool { self == .languages || self == .all }
}

/// The encoder: the `model.encoder` object of a configuration.
package struct EncoderConfiguration: Sendable, Equatable {
  /// The recurrent cell.
  package var cell = CellKind.gru
  /// Size of the state of one direction of one layer.
  package var hidden = 128
  /// Number of layers; each reads the one below.
  package var layers = 1
  /// Whether each layer reads the source in both directions and joins the two states.
  package var bidirectional = true
  /// Whether each layer but the lowest adds its input to its output.
  package var residual = false
  /// Whether the products of a cell are normalised in each gate.
  package var layerNormalization = false

  /// The default encoder.
  package init() {}
}

/// The decoder: the `model.decoder` object of a configuration.
package struct DecoderConfiguration: Sendable, Equatable {
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
}

/// What the projection to the vocabulary reads: the `model.decoder.output` object of a configuration.
package struct OutputConfiguration: Sendable, Equatable {
  /// Whether a layer stands in between.
  package var kind = OutputKind.direct
  /// Size of that layer; `nil` means that of the word vectors.
  package var hidden: Int?
  /// Whether that layer also reads the word vector of the previous token.
  package var embedding = true

  /// The default output.
  package init() {}
}

/// What the projection to the vocabulary reads.
package enum OutputKind: String, CaseIterable, Sendable {
  /// State and context: W [s ; c] + b.
  case direct
  /// A hidden layer over them: W tanh(U [s ; c ; e] + d) + b.
  case deep
}

/// Attention: the `model.attention` object of a configuration.
package struct AttentionConfiguration: Sendable, Equatable {
  /// The scorer.
  package var score = ScorerKind.additive
  /// Size of the hidden layer of the additive scorer (A); the others have none.
  package var size = 128
  /// Whether the additive scorer reads how much each position was attended to before.
  package var coverage = false
  /// Source positions, `</s>` included, that the location scorer has weights for.
  ///
  /// `nil` means as many as the longest training source needs. The other scorers have no limit.
  package var positions: Int?

  /// The default attention.
  package init() {}
}

/// Chances that an activation is zeroed during training: `model.dropout` of a configuration.
package struct DropoutConfiguration: Sendable, Equatable {
  /// In the word vectors of both languages.
  package var embedding = 0.2
  /// Between the layers of encoder and decoder.
  package var layers = 0.2
  /// In the encoded source.
  package var encoded = 0.0
  /// In what the output layer reads.
  package var output = 0.2
  /// Whether all steps of a sentence share one mask, instead of one each.
  package var variational = false
  /// In the recurrent states, where they enter their product; only if ``variational``.
  package var states = 0.0
  /// Of whole source words: their word vectors become 0.
  package var sourceWords = 0.0
  /// Of whole target words.
  package var targetWords = 0.0

  /// The default dropout.
  package init() {}

  /// The same chance in word vectors, between layers and in the output, and none elsewhere.
  package init(_ everywhere: Double) {
    embedding = everywhere
    layers = everywhere
    output = everywhere
  }
}
