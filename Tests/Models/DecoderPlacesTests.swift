import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import Testing

/// Gradients of the decoder can be used before the way back has gone through the encoder.
@Suite struct `The gradients at the decoder's places` {
  /// What belongs to the decoder beside its layers: bridge, gate, coverage, deep output, input feeding.
  @Test(arguments: InputFeeding.allCases)
  func `are those of everything that decoders have`(_ feeding: InputFeeding) throws {
    var configuration = ModelConfiguration()
    configuration.embedding = 12
    configuration.recurrentEncoder.hidden = 6
    configuration.recurrentEncoder.layers = 2
    configuration.recurrentDecoder.hidden = 12
    configuration.recurrentDecoder.layers = 2
    configuration.recurrentDecoder.feeding = feeding
    configuration.recurrentDecoder.bridge = true
    configuration.recurrentDecoder.output.kind = .deep
    configuration.attention.size = 12
    configuration.attention.gate = true
    configuration.attention.coverage = true
    try expectComplete(
      SequenceModel(configuration, sourceVocabulary: 9, targetVocabulary: 9))
  }

  @Test(arguments: ModelFamily.allCases, TiedWeights.allCases)
  func `are complete when that is told`(_ family: ModelFamily, _ tied: TiedWeights) throws {
    var configuration = ModelConfiguration()
    family.apply(to: &configuration, width: 12, layers: 2)
    configuration.embedding = 12
    configuration.tied = tied
    configuration.dropout = DropoutConfiguration(0.1)
    configuration.attention.size = 12
    // The output has the width of word vectors if these are its weights.
    if tied.joinsOutput {
      configuration.embedding = configuration.decoder.projectedSize(in: configuration)
    }
    try expectComplete(
      SequenceModel(configuration, sourceVocabulary: 9, targetVocabulary: 9))
  }

  private func expectComplete(_ model: SequenceModel) throws {
    #expect(model.decoderPlaces.upperBound == model.layout.count)
    let kernels = Kernels(threads: 1)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 3)
    let gradients = Parameters(layout: model.layout)
    gradients.clear(kernels)
    var seen: [[Float]] = []
    let pass = Pass(
      weights: weights, workspace: Workspace(kernels: kernels), noise: Noise(seed: 5, update: 1),
      afterDecoder: { seen.append(gradients.slab.elements) })
    _ = model.train(
      `Gradients equal differences of the loss`.batch, scale: 0.1, pass, gradients: gradients)
    try #require(seen.count == 1)
    let final = gradients.slab.elements
    let places = model.decoderPlaces
    #expect(seen[0][places] == final[places])
    #expect(final[places].contains { $0 != 0 })
    // The encoder's come later, or nothing could be done meanwhile.
    #expect(seen[0][..<places.lowerBound] != final[..<places.lowerBound])
  }
}
