import DragomanFormats
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanDecoding

/// Tokens that a model may want to write and that no translation has.
@Suite struct `A token that may never come` {
  private let kernels = Kernels(threads: 1)

  /// A model that finds some tokens more probable than it should.
  private func model(favouring tokens: [Int], by bias: Float) -> PackedModel {
    let file = SmallModel.file()
    for entry in file.model.layout.entries where entry.name == "output.bias" {
      for token in tokens { file.weights[entry.handle][0, token] += bias }
    }
    return PackedModel(file.model, weights: file.weights, kernels)
  }

  private func translate(
    _ model: PackedModel, _ decoding: DecodingConfiguration, _ sources: [[Int32]],
    count: Int = 1, withProbabilities: Bool = true
  ) -> [[Hypothesis]] {
    var options = SearchOptions(count: count)
    options.withProbabilities = withProbabilities
    return Search([model], begin: 1, end: 2, unknown: 0, decoding)
      .translate(sources, options: options, Workspace(kernels: kernels))
  }

  @Test(arguments: [1, 3], [false, true])
  func `is passed over as a plain search passes it over`(_ beam: Int, _ forbidsUnknown: Bool) {
    let decoding = `A search`.decoding {
      $0.beam = beam
      $0.forbidUnknown = forbidsUnknown
    }
    for bias: Float in [0, 2, 8, 50] {
      let model = model(favouring: [0, 1], by: bias)
      let plain = PlainBeamSearch(model: model, begin: 1, end: 2, decoding: decoding)
      let found = translate(model, decoding, `A search`.sources, count: beam)
      for (source, hypotheses) in zip(`A search`.sources, found) {
        let expected = plain.translate(source)
        #expect(hypotheses.map(\.tokens) == expected.map(\.tokens))
        let tokens = hypotheses.flatMap(\.tokens)
        #expect(!tokens.contains(1) && !(forbidsUnknown && tokens.contains(0)))
        if bias == 50, !forbidsUnknown { #expect(tokens.contains(0)) }
        // Neither the other sentences nor whether probabilities are asked for change anything.
        #expect(translate(model, decoding, [source], count: beam)[0] == hypotheses)
        let quiet = translate(
          model, decoding, [source], count: beam, withProbabilities: false)
        #expect(quiet[0].map(\.tokens) == hypotheses.map(\.tokens))
      }
    }
  }

  @Test func `is never drawn`() {
    let decoding = `A search`.decoding {
      $0.search = .sampling
      $0.forbidUnknown = true
    }
    let model = model(favouring: [0, 1], by: 3)
    for hypotheses in translate(model, decoding, `A search`.sources, count: 20) {
      #expect(!hypotheses.flatMap(\.tokens).contains { $0 < 2 })
    }
  }

  @Test func `cannot be replaced`() {
    let problems = #expect(throws: (any Error).self) {
      try DecodingConfiguration.read(
        ["forbidUnknown": true, "replaceUnknown": true], file: "c.json")
    }
    #expect(
      problems.map { "\($0)" }?.contains("a word that is never written cannot be replaced") == true)
  }
}
