import DragomanDecoding
import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

@Suite struct `A walk through rows of features` {
  /// Examples of four rows and of two.
  private static let rows: [[Float]] = [
    [1, 0, 2, 0.5, -1, 3, 2, 2, 2, -0.25, 1, 0], [0, 1, 2, 4, 0, -2],
  ]
  private static let kernels = Kernels(threads: 1)
  private let folder: TemporaryFolder
  private let one: String
  private let two: String

  init() throws {
    folder = try TemporaryFolder()
    one = try folder.write(
      "one.npy", ArrayBytes.npy("<f4", [4, 3], ArrayBytes.floats(Self.rows[0])))
    two = try folder.write(
      "two.safetensors",
      ArrayBytes.safetensors([
        ("features", "F32", [6, 3], ArrayBytes.floats(Self.rows[0] + Self.rows[1])),
        ("lengths", "I64", [2], ArrayBytes.integers([4, 2])),
      ]))
  }

  private func expect(_ rows: WalkRows, _ name: String, _ example: Int) {
    #expect(rows.name == name && rows.names == (1...(example == 0 ? 4 : 2)).map { "\($0)" })
    #expect(rows.stored.flatMap(\.self) == Self.rows[example])
    let (mean, deviation): ([Float], [Float]) = ([0, 1, 2], [1, 2, 3])
    for (stored, numbers) in zip(rows.stored, rows.numbers) {
      #expect(numbers == stored.indices.map { (stored[$0] - mean[$0]) / deviation[$0] })
    }
  }

  /// W f + b in double precision.
  private func expectVectors(
    _ embeddings: [[Float]], _ rows: WalkRows, _ weights: Parameters
  ) throws {
    let weight = try #require(weights[named: "encoder.features.weight"])
    let bias = try #require(weights[named: "encoder.features.bias"]).elements
    #expect(embeddings.count == rows.numbers.count)
    for (found, row) in zip(embeddings, rows.numbers) {
      for unit in found.indices {
        let expected = row.indices.reduce(Double(bias[unit])) {
          $0 + Double(weight[unit, $1]) * Double(row[$1])
        }
        #expect((Double(found[unit]) - expected).magnitude < 1e-5)
      }
    }
  }

  @Test(arguments: RowEncoder.allCases)
  func `ends where the captioner does`(_ encoder: RowEncoder) throws {
    let model = SmallCaptioner.features(encoder.configuration(embedding: 7))
    for (path, example) in [(one, 0), ("\(two)[0]", 0), ("\(two)[1]", 1)] {
      let walk = try Walk(
        file: path, named: "rows", reference: "a red circle", of: model, withGradients: true,
        kernels: Self.kernels)
      guard case .rows(let rows) = walk.example else {
        Issue.record("no rows")
        return
      }
      expect(rows, "rows", example)
      #expect(walk.source.tokens.map(\.text) == rows.names && walk.source.line == "rows")
      let captioner = Captioner(model, decoding: DecodingConfiguration(), kernels: Self.kernels)
      let read = try model.reading.examples(path: example == 0 ? one : two).last
      let score = captioner.scores(of: [(try #require(read), "a red circle")])[0]
      #expect(walk.steps.map { -$0.loss } == score.logProbabilities)
      let gradients = try #require(walk.gradients)
      #expect(walk.states.count == rows.numbers.count)
      #expect(gradients.states.count == walk.states.count)
      if encoder == .none {
        #expect(walk.states == rows.numbers && walk.embeddings.isEmpty)
        #expect(gradients.embeddings.isEmpty)
      } else {
        try expectVectors(walk.embeddings, rows, model.weights)
        #expect(gradients.embeddings.count == walk.embeddings.count)
      }
    }
  }

  /// ∂h of a row is what the loss changes by.
  @Test func `has gradients that are differences of the loss`() throws {
    let model = SmallCaptioner.features()
    func loss(_ numbers: [Float]) throws -> Double {
      let path = try folder.write(
        "moved.npy", ArrayBytes.npy("<f4", [4, 3], ArrayBytes.floats(numbers)))
      return try Walk(file: path, reference: "a blue square", of: model, kernels: Self.kernels).loss
    }
    let walk = try Walk(
      file: one, reference: "a blue square", of: model, withGradients: true, kernels: Self.kernels)
    let gradients = try #require(walk.gradients).states
    let deviation: [Double] = [1, 2, 3]
    for (row, column) in [(0, 0), (1, 2), (3, 1)] {
      let step: Float = 1 / 64
      var (less, more) = (Self.rows[0], Self.rows[0])
      less[row * 3 + column] -= step
      more[row * 3 + column] += step
      let slope = (try loss(more) - loss(less)) / (2 * Double(step)) * deviation[column]
      // The first state reads the rows as well; what arrives at a row is all of it.
      #expect((Double(gradients[row][column]) - slope).magnitude < 2e-3, "\(row), \(column)")
    }
  }

  @Test(arguments: RowEncoder.allCases, [RowPoolingKind.mean, .attention])
  func `ends where the classifier does`(_ encoder: RowEncoder, _ pooling: RowPoolingKind) throws {
    let model = SmallClassifier.features(
      encoder.configuration(embedding: 10), pooling: pooling)
    let walk = try ClassificationWalk(
      "\(two)[1]", of: model, withGradients: true, kernels: Self.kernels)
    guard case .rows(let rows) = walk.example, case .sequence(let own) = walk.encoder else {
      Issue.record("no rows")
      return
    }
    expect(rows, "\(two)[1]", 1)
    let classifier = try #require(FeatureClassifier(model, kernels: Self.kernels))
    let found = classifier.classify(lengths: [2], withWeights: true) { _ in Self.rows[1] }[0]
    #expect(found.classification.best == model.labels[walk.best])
    #expect(walk.seen == found.weights)
    for choice in found.classification.choices {
      let label = try #require(model.labels.firstIndex(of: choice.label))
      #expect((walk.probability(of: label) - Double(choice.probability)).magnitude < 1e-6)
    }
    #expect(walk.gradients?.states.count == 2 && walk.states.count == 2)
    if encoder == .none {
      #expect(own.embeddings.isEmpty && walk.states == rows.numbers)
    } else {
      try expectVectors(own.embeddings, rows, model.weights)
    }
  }

  @Test func `is refused in words`() throws {
    func message(_ path: String) -> String {
      do {
        _ = try Walk(file: path, of: SmallCaptioner.features(), kernels: Self.kernels)
        return "nothing is refused"
      } catch {
        return "\(error)".replacing("\(folder.path)/", with: "")
      }
    }
    #expect(
      message(two)
        == "two.safetensors: expected one example, found 2; name one of them, as in 'two.safetensors[0]'"
    )
    #expect(message("\(two)[2]") == "two.safetensors: expected an example from 0 to 1, found 2")
    #expect(message("\(two)[-1]").contains("two.safetensors[-1]: cannot open the file"))
    #expect(message("\(folder["none.npy"])[1]").hasPrefix("none.npy: cannot open the file"))
    let long = try folder.write(
      "long.npy",
      ArrayBytes.npy("<f4", [201, 3], ArrayBytes.floats([Float](repeating: 0, count: 603))))
    #expect(
      message(long)
        == "long.npy: expected at most 200 rows, found 201; explain a part of the example")
    // A file whose own name ends so stands for itself.
    let odd = try folder.write(
      "odd[1]", ArrayBytes.npy("<f4", [4, 3], ArrayBytes.floats(Self.rows[0])))
    #expect(
      try Walk(file: odd, of: SmallCaptioner.features(), kernels: Self.kernels).source.line == odd)
  }

  @Test func `names images of a file in the same way`() throws {
    let image = SmallClassifier.image()
    let path = try folder.write(
      "images.safetensors",
      ArrayBytes.safetensors([("images", "U8", [2, 6, 8, 3], image.bytes + image.bytes.reversed())])
    )
    let model = SmallCaptioner.images()
    let (first, second) = (
      try Walk(file: "\(path)[0]", of: model, kernels: Self.kernels),
      try Walk(file: "\(path)[1]", of: model, kernels: Self.kernels)
    )
    #expect(first.image?.image.bytes == image.bytes)
    #expect(second.image?.image.bytes == image.bytes.reversed())
    let error = #expect(throws: WalkError.self) {
      try Walk(file: path, of: model, kernels: Self.kernels)
    }
    #expect(error == .several(file: path, count: 2))
  }
}
