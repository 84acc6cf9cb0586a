@testable import DragomanTranslation
@testable import DragomanDecoding
import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

/// Decoding step by step and teacher forcing are two ways to the same numbers, whatever is switched on.
@Suite struct `Every variant of a model` {
  static let sources: [[Int32]] = [[3, 5, 4, 7, 2], [6, 2], [4, 3, 5, 9, 8, 2]]

  static func hypotheses(
    _ file: ModelFile, _ sources: [[Int32]], _ kernels: Kernels
  ) -> [Hypothesis] {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 9
    // States change their rows from step to step.
    decoding.beam = 3
    let search = Search(
      [PackedModel(file.model, weights: file.weights, kernels)], begin: 1, end: 2, decoding)
    return search.translate(
      sources, options: SearchOptions(withAttention: true), Workspace(kernels: kernels)
    ).map { $0[0] }
  }

  @Test(arguments: ModelVariant.allCases, CellKind.allCases)
  func `decodes what it computes when it is forced`(_ variant: ModelVariant, _ cell: CellKind) {
    for feeding in InputFeeding.allCases {
      let file = SmallModel.file(cell: cell) { model in
        model.recurrentDecoder.feeding = feeding
        variant.apply(to: &model)
      }
      let kernels = Kernels(threads: 1)
      let expected = Self.hypotheses(file, Self.sources, kernels)
      let pass = Pass(weights: file.weights, workspace: Workspace(kernels: kernels))
      let batch = Batch(
        zip(Self.sources, expected).map { EncodedPair(source: $0, target: $1.tokens) }, begin: 1)
      let losses = file.model.losses(batch, pass)
      for (loss, found) in zip(losses, expected.flatMap(\.logProbabilities)) {
        #expect(abs(loss + found) < 1e-4)
      }
      for kernels in Kernels.available.flatMap({ set in
        [1, 3].map { Kernels(threads: $0, instructions: set) }
      }) {
        #expect(Self.hypotheses(file, Self.sources, kernels) == expected)
      }
      let oneByOne = Self.sources.flatMap { Self.hypotheses(file, [$0], kernels) }
      #expect(oneByOne == expected)
    }
  }

  /// A switch that did nothing would pass all checks of gradients.
  @Test(arguments: ModelVariant.allCases)
  func `changes what training computes`(_ variant: ModelVariant) {
    #expect(abs(Self.loss { variant.apply(to: &$0) } - Self.loss { _ in }) > 1e-3)
  }

  @Test func `drops states beside everything else`() {
    func loss(_ states: Double) -> Double {
      Self.loss { model in
        model.dropout.variational = true
        model.dropout.states = states
      }
    }
    #expect(abs(loss(0.4) - loss(0)) > 1e-3)
  }

  /// The loss of one batch in training, of three layers.
  static func loss(_ configure: (inout ModelConfiguration) -> Void) -> Double {
    let file = SmallModel.file { model in
      model.recurrentEncoder.layers = 3
      model.recurrentDecoder.layers = 3
      configure(&model)
    }
    let pass = Pass(
      weights: file.weights, workspace: Workspace(kernels: Kernels(threads: 1)),
      noise: Noise(seed: 1, update: 1))
    let batch = Batch(sources.map { EncodedPair(source: $0, target: $0) }, begin: 1)
    let gradients = Parameters(layout: file.model.layout)
    return file.model.train(batch, scale: 1, pass, gradients: gradients).sum
  }
}
