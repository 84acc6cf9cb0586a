import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// What training promises, for every family of models.
@Suite struct `Every family` {
  @Test(arguments: ModelFamily.allCases)
  func `learns to reverse, without an error`(_ family: ModelFamily) throws {
    let fixture = try RunFixture(pairs: 4000, lengths: 2...6)
    family.apply(to: &fixture.configuration.model, width: 32, layers: 2)
    fixture.configuration.model.embedding = 32
    fixture.configuration.model.dropout = DropoutConfiguration(0)
    fixture.configuration.training.epochs = 14
    fixture.configuration.training.batchTokens = 160
    fixture.configuration.training.patience = nil
    fixture.configuration.training.optimizer.learningRate = 0.003
    fixture.configuration.training.schedule.kind = .cosine
    fixture.configuration.training.schedule.warmup = 100
    let folder = fixture.folder("run")
    try fixture.train(in: folder, threads: 2)
    let translator = try Translator(path: folder.best, threads: 2)
    let corpus = try ParallelCorpus(reading: fixture.configuration.data.validation)
    let found = translator.translate(Array(corpus.sources)).map(\.text)
    let right = zip(found, corpus.targets).count { $0 == $1 }
    #expect(right == corpus.count, "\(right) of \(corpus.count)")
  }

  @Test(arguments: ModelFamily.allCases)
  func `ends with the same bytes after a resume on other threads`(_ family: ModelFamily) throws {
    let fixture = try RunFixture()
    family.apply(to: &fixture.configuration.model, width: 12, layers: 2)
    let whole = try fixture.train(in: fixture.folder("whole"), threads: 1)
    let folder = fixture.folder("parts")
    try fixture.train(in: folder, threads: 2, stopAfter: 7)
    let resumed = try fixture.train(in: folder, resume: true, threads: 3)
    #expect(resumed.best == whole.best)
    #expect(resumed.last == whole.last)
  }

  /// CRC-32C of all weights after 50 updates with dropout, on any processor.
  static let checksums: [ModelFamily: String] = [
    .gru: "5f7d8767", .lstm: "b1ca9e4f", .ssru: "abb0dbfd", .transformer: "2278b71a",
    .learntPositions: "a6707921", .transformerWithSSRU: "203c2ae7",
    .transformerOverGRU: "d60edd82", .gruOverTransformer: "96f82091",
  ]

  @Test(arguments: ModelFamily.allCases)
  func `has the same weights after 50 updates on any processor`(_ family: ModelFamily) {
    var configuration = ModelConfiguration()
    family.apply(to: &configuration, width: 20, layers: 2)
    configuration.embedding = 20
    configuration.dropout = DropoutConfiguration(0.1)
    let model = SequenceModel(configuration, sourceVocabulary: 12, targetVocabulary: 13)
    let pairs = (0..<24).map { pair in
      EncodedPair(
        source: (0..<(pair % 5 + 1)).map { Int32(($0 * 7 + pair) % 9 + 3) } + [2],
        target: (0..<(pair % 4 + 2)).map { Int32(($0 * 5 + pair) % 10 + 3) } + [2])
    }
    for kernels in Kernels.available.flatMap({ set in
      [1, 3].map { Kernels(threads: $0, instructions: set) }
    }) {
      let weights = Parameters(layout: model.layout)
      weights.initialize(seed: 3)
      let gradients = Parameters(layout: model.layout)
      let optimizer = Optimizer(OptimizerConfiguration(), layout: model.layout)
      let workspace = Workspace(kernels: kernels)
      for update in 1...50 {
        workspace.reset()
        gradients.clear(kernels)
        let batch = Batch(Array(pairs[(update % 3 * 8)..<(update % 3 * 8 + 8)]), begin: 1)
        let pass = Pass(
          weights: weights, workspace: workspace, noise: Noise(seed: 5, update: UInt64(update)))
        _ = model.train(
          batch, scale: 1 / Float(batch.targetIDs.count), labelSmoothing: 0.1, pass,
          gradients: gradients)
        optimizer.update(weights, gradients: gradients, scale: 1, step: update, kernels)
      }
      var checksum = Checksum()
      checksum.add(floats: weights.slab.elements)
      #expect(
        checksum.text == Self.checksums[family],
        "\(kernels.instructions.rawValue) on \(kernels.threads) threads")
    }
  }
}
