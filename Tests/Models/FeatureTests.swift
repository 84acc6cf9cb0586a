import DragomanFormats
import DragomanLayers
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanModels

@Suite struct `Rows of features` {
  private let workspace = Workspace(kernels: Kernels(threads: 1))

  /// `Tests/Golden/features_golden.py`.
  @Test(arguments: [
    "rows_mean", "rows_attention", "gru_attention", "lstm_mean", "transformer_mean",
    "transformer_cls",
  ])
  func `have classes and gradients as in PyTorch`(_ name: String) throws {
    let path = "\(GoldenFixture.directory)/Features/\(name).json"
    let json = try JSON.parse(try Files.read(path), file: path)
    func numbers(_ group: String, _ name: String) throws -> [Double] {
      try #require(json[group]?[name]?["data"]?.array, "\(name)").compactMap(\.double)
    }
    let size = try #require(json["size"]?.int)
    let model = Classifier(
      try ClassifierConfiguration.read(try #require(json["config"]), file: path),
      input: .features(size: size), classes: try #require(json["classes"]?.int))
    #expect(
      model.layout.entries.map(\.name).sorted() == json["params"]?.members?.map(\.name).sorted())
    let weights = Parameters(layout: model.layout)
    for entry in model.layout.entries {
      let values = try numbers("params", entry.name)
      try #require(values.count == weights[entry.handle].count, "\(entry.name)")
      weights[entry.handle].write(values.map { Float($0) }, at: 0)
    }
    var rows = try numbers("inputs", "features").map { Float($0) }
    var features = FeatureRows([], size: size)
    for length in try #require(json["lengths"]?.array).compactMap(\.int) {
      features.append(Array(rows.prefix(length * size)))
      rows.removeFirst(length * size)
    }
    let labels = try #require(json["labels"]?.array).compactMap { $0.int.map { Int32($0) } }

    let pass = Pass(weights: weights, workspace: workspace)
    expectClose(
      model.logits(model.forward(.features(features), pass), pass).elements,
      try numbers("outputs", "logits"), within: 1e-5, "logits")
    let gradients = Parameters(layout: model.layout)
    let loss = model.train(
      .features(features), classes: labels, scale: 1, pass, gradients: gradients)
    #expect(abs(loss.sum - (try #require(json["loss_sum"]?.double))) < 1e-5)
    let norm = workspace.kernels.sumOfSquares(gradients.slab).squareRoot()
    for entry in model.layout.entries {
      expectClose(
        gradients[entry.handle].elements, try numbers("grads", entry.name),
        within: 1e-6 * max(norm, 1), "gradient of \(entry.name)")
    }
  }

  /// Three lists of rows of five numbers, as many as ``Gradients equal differences of the loss`` has sentences.
  static let features = FeatureRows(
    [4, 1, 3].enumerated().map { index, length in
      (0..<(length * 5)).map { Float(($0 * 37 + index * 19 + $0 * $0 % 11) % 23) / 11 - 1 }
    }, size: 5)

  /// Features as they are, and under every family of encoders, with both families of decoders.
  static func models() -> [ModelConfiguration] {
    var plain = FeaturesEncoderConfiguration()
    plain.size = 5
    var result: [ModelConfiguration] = []
    for family in [ModelFamily.gru, .transformerOverGRU, .transformer, .gruOverTransformer] {
      for isPlain in [true, false] {
        var model = ModelConfiguration()
        family.apply(to: &model, width: 6, layers: 2)
        model.embedding = 7
        if isPlain {
          model.encoder = .features(plain)
          model.decoder.recurrent?.initialState = .mean
        }
        model.dropout = DropoutConfiguration(0.1)
        model.dropout.encoded = 0.1
        result.append(model)
      }
    }
    return result
  }

  @Test(arguments: Self.models())
  func `are read by models that write`(_ model: ModelConfiguration) {
    #expect(model.conflicts == [])
    `Gradients equal differences of the loss`().check(
      model, reading: .features(Self.features), workspace)
  }

  @Test func `begin as vectors of about length 1 under other layers`() throws {
    var configuration = ClassifierConfiguration()
    (configuration.embedding, configuration.input) = (32, .features)
    let model = Classifier(configuration, input: .features(size: 40), classes: 2)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 1)
    let entry = try #require(
      model.layout.entries.first { $0.name == "encoder.features.weight" })
    // The square of the length of W f, for independent numbers of variance 1.
    let square = weights[entry.handle].elements.reduce(0) { $0 + Double($1 * $1) }
    #expect(abs(square - 1) < 0.15)
  }

  @Test func `cannot share word vectors, and drop no words`() {
    var model = Self.models()[0]
    model.tied = .languages
    model.dropout.sourceWords = 0.1
    #expect(
      model.conflicts.map(\.keys) == [
        ["tied", "encoder.kind"], ["dropout.sourceWords", "encoder.kind"],
      ])
  }

  @Test func `have a size that only the data tell`() {
    var model = Self.models()[0]
    model.encoder = .features(FeaturesEncoderConfiguration())
    model.attention.score = .dot
    model.decoder.recurrent?.bridge = false
    #expect(model.conflicts == [])
    var stated = FeaturesEncoderConfiguration()
    stated.size = 5
    model.encoder = .features(stated)
    #expect(model.conflicts.contains { $0.keys.contains("encoder.size") })
  }
}
