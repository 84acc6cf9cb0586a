import DragomanDecoding
import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

/// Numbers of a Transformer's walk, against the weights in double precision and against search.
@Suite struct `The walk of a Transformer` {
  private static let kernels = Kernels(threads: 1)

  private static func check(_ file: ModelFile, atLeast count: Int = 300) throws {
    let walk = try Walk("the cat sat on", reference: "mat the a", of: file, kernels: kernels)
    let twin = WalkTwin(file, walk)
    let far = twin.deviations.filter { !($0.distance < 3e-4) }
    #expect(far.isEmpty, "\(file.model.configuration): \(far.prefix(3))")
    #expect(twin.deviations.count > count)
  }

  @Test(arguments: NormalizationPlace.allCases, Activation.allCases)
  func `holds its equations for each norm and activation`(
    _ place: NormalizationPlace, _ activation: Activation
  ) throws {
    try Self.check(
      SmallModel.combination { encoder, decoder, _ in
        (encoder.normalization, decoder.normalization) = (place, place)
        (encoder.activation, decoder.activation) = (activation, activation)
      })
  }

  @Test(arguments: AttentionHeads.Normalizer.allCases, [nil, 0, 1, 2])
  func `holds them for each normalizer and window`(
    _ normalizer: AttentionHeads.Normalizer, _ window: Int?
  ) throws {
    try Self.check(
      SmallModel.combination { encoder, decoder, _ in
        (encoder.normalizer, decoder.normalizer) = (normalizer, normalizer)
        (encoder.window, decoder.window) = (window, window)
      })
  }

  @Test(arguments: SelfAttentionKind.allCases, PositionKind.allCases)
  func `holds them for each kind of self-attention and positions`(
    _ kind: SelfAttentionKind, _ positions: PositionKind
  ) throws {
    for place in NormalizationPlace.allCases {
      try Self.check(
        SmallModel.combination { encoder, decoder, _ in
          (encoder.positions, decoder.positions) = (positions, positions)
          // The last tokens share a vector.
          (encoder.maximumPositions, decoder.maximumPositions) = (3, 2)
          decoder.selfAttention = kind
          decoder.normalization = place
        })
    }
  }

  @Test(arguments: TiedWeights.allCases, [false, true])
  func `holds them for tied tables, as wide as the layers or not`(
    _ tied: TiedWeights, _ isAsWide: Bool
  ) throws {
    try Self.check(
      SmallModel.combination { encoder, decoder, model in
        model.tied = tied
        model.embedding = 10
        if isAsWide { (encoder.width, encoder.heads) = (10, 5) }
      })
  }

  @Test(arguments: ScorerKind.allCases, InputFeeding.allCases)
  func `holds them below a recurrent decoder`(_ score: ScorerKind, _ feeding: InputFeeding) throws {
    for initial in [InitialState.mean, .zero] {
      try Self.check(
        SmallModel.combination { _, _, model in
          model.attention.score = score
          model.attention.positions = 4
          model.recurrentDecoder.hidden = 6
          model.recurrentDecoder.feeding = feeding
          model.recurrentDecoder.initialState = initial
          model.recurrentDecoder.bridge = initial == .mean
          model.recurrentDecoder.output.kind = .deep
        }, atLeast: 100)
    }
  }

  @Test(arguments: CellKind.allCases) func `holds them over a recurrent encoder`(_ cell: CellKind)
    throws
  {
    try Self.check(
      SmallModel.combination { _, _, model in
        model.recurrentEncoder.cell = cell
        model.recurrentEncoder.layers = 2
      })
  }

  @Test(arguments: [false, true]) func `ends where the translator does`(_ isMixed: Bool) throws {
    let file = SmallModel.combination { _, _, model in
      if isMixed { model.recurrentEncoder.hidden = 5 }
    }
    let walk = try Walk("the cat sat", of: file, kernels: Self.kernels)
    var decoding = DecodingConfiguration()
    decoding.maximumLength = Walk.longest
    let translator = Translator(file.trained, decoding: decoding, kernels: Self.kernels)
    let translation = translator.translate("the cat sat", TranslationOptions(withAttention: true))
    #expect(walk.text == translation.text && walk.isCutOff == translation.isCutOff)
    #expect(walk.steps.map(\.output.text) == translation.targetTokens)
    #expect(walk.steps.map(\.weights) == translation.attention)
    for step in walk.steps { #expect(step.best[0] == step.output && step.rank == 1) }
  }

  @Test func `gives a reference the probability that it has as a score`() throws {
    let file = SmallModel.combination()
    let walk = try Walk("the cat sat", reference: "a b mat", of: file, kernels: Self.kernels)
    let translator = Translator(
      file.trained, decoding: DecodingConfiguration(), kernels: Self.kernels)
    let score = translator.score([SentencePair(source: "the cat sat", target: "a b mat")])[0]
    #expect(walk.steps.map { -$0.loss } == score.logProbabilities)
    #expect(walk.steps.map(\.input.text) == ["<s>", "a", "b", "mat"] && walk.gradients == nil)
  }
}
