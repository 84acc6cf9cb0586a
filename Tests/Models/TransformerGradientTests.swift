import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanModels

/// Families over families, with every choice of a Transformer, against differences of the loss.
@Suite struct `Gradients of a Transformer equal differences of the loss` {
  static func model(
    _ change: (inout TransformerEncoderConfiguration, inout TransformerDecoderConfiguration) ->
      Void = { _, _ in }
  ) -> ModelConfiguration {
    var encoder = TransformerEncoderConfiguration()
    (encoder.width, encoder.layers, encoder.heads, encoder.inner) = (6, 2, 3, 7)
    var decoder = TransformerDecoderConfiguration()
    (decoder.width, decoder.layers, decoder.heads, decoder.inner) = (10, 2, 2, 5)
    change(&encoder, &decoder)
    var model = ModelConfiguration()
    model.embedding = 6
    (model.encoder, model.decoder) = (.transformer(encoder), .transformer(decoder))
    model.dropout = DropoutConfiguration(0.2)
    model.dropout.encoded = 0.1
    return model
  }

  private func check(_ model: ModelConfiguration, labelSmoothing: Float = 0) {
    `Gradients equal differences of the loss`().check(
      model, labelSmoothing: labelSmoothing, Workspace(kernels: Kernels(threads: 1)))
  }

  @Test(arguments: NormalizationPlace.allCases, Activation.allCases)
  func `of each norm and activation`(_ place: NormalizationPlace, _ activation: Activation) {
    check(
      Self.model { encoder, decoder in
        (encoder.normalization, decoder.normalization) = (place, place)
        (encoder.activation, decoder.activation) = (activation, activation)
      })
  }

  /// Of the normalizer relu without a window of 2, where a score of this model lies so near 0 that a difference crosses
  /// its kink; the fixtures compare such gradients as well.
  static let sights: [(AttentionHeads.Normalizer, Int?)] = [
    (.softmax, nil), (.softmax, 0), (.softmax, 1), (.softmax, 2), (.relu, nil), (.relu, 0),
    (.relu, 1),
  ]

  @Test(arguments: sights)
  func `of each normalizer and window`(_ normalizer: AttentionHeads.Normalizer, _ window: Int?) {
    check(
      Self.model { encoder, decoder in
        (encoder.normalizer, decoder.normalizer) = (normalizer, normalizer)
        (encoder.window, decoder.window) = (window, window)
        (encoder.attentionDropout, decoder.innerDropout) = (0.3, 0)
        // Smooth, so that no kink but that of the normalizer is met.
        (encoder.activation, decoder.activation) = (.gelu, .gelu)
      })
  }

  @Test(arguments: PositionKind.allCases, SelfAttentionKind.allCases)
  func `of each kind of positions and of self-attention`(
    _ positions: PositionKind, _ own: SelfAttentionKind
  ) {
    check(
      Self.model { encoder, decoder in
        (encoder.positions, decoder.positions) = (positions, positions)
        // Fewer than there are tokens: the last one is shared.
        (encoder.maximumPositions, decoder.maximumPositions) = (4, 3)
        decoder.selfAttention = own
      })
  }

  @Test(arguments: TiedWeights.allCases) func `of tied weights`(_ tied: TiedWeights) {
    var model = Self.model { $1.width = 6 }
    model.tied = tied
    model.dropout.variational = true
    check(model, labelSmoothing: 0.1)
  }

  @Test(arguments: ScorerKind.allCases, CellKind.allCases)
  func `of a recurrent decoder over it`(_ score: ScorerKind, _ cell: CellKind) {
    for initial in [InitialState.mean, .zero] {
      for feeding in InputFeeding.allCases {
        var model = Self.model()
        model.decoder = DecoderConfiguration()
        model.recurrentDecoder.cell = cell
        // See the combinations of recurrent parts: an SSRU has many zeros.
        let share = cell == .ssru ? 3 : 1
        model.recurrentDecoder.hidden = 6 * share
        model.encoder.transformer?.width = 6 * share
        model.recurrentDecoder.layers = 2
        model.recurrentDecoder.initialState = initial
        model.recurrentDecoder.bridge = initial == .mean && cell == .lstm
        model.recurrentDecoder.feeding = feeding
        model.attention.score = score
        model.attention.size = 4
        model.attention.positions = 7
        check(model)
      }
    }
  }

  @Test(arguments: CellKind.allCases, [false, true])
  func `over a recurrent encoder`(_ cell: CellKind, _ isBidirectional: Bool) {
    var model = Self.model()
    model.encoder = EncoderConfiguration()
    model.recurrentEncoder.cell = cell
    model.recurrentEncoder.hidden = cell == .ssru ? 15 : 5
    model.recurrentEncoder.bidirectional = isBidirectional
    check(model)
  }
}
