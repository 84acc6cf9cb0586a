import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `The average of models` {
  private let folder: TemporaryFolder
  private var root: String { folder.path }

  init() throws { folder = try TemporaryFolder() }

  /// Writes models to files named after their places.
  private func write(_ files: [ModelFile]) throws -> [String] {
    try files.enumerated().map { index, file in
      let path = "\(root)/\(index).safetensors"
      try file.write(to: path)
      return path
    }
  }

  private func error(_ files: [ModelFile]) throws -> ModelAverageError {
    let paths = try write(files)
    return try #require(#expect(throws: ModelAverageError.self) { try ModelAverage.of(paths) })
  }

  @Test func `is the mean of the weights, in Double`() throws {
    let files = (1...3).map { SmallModel.file(seed: $0) }
    let paths = try write(files)
    let average = try ModelAverage.of(paths).translation
    let elements = files.map(\.weights.slab.elements)
    for place in elements[0].indices {
      let mean = elements.reduce(0) { $0 + Double($1[place]) } / 3
      #expect(average.weights.slab[0, place] == Float(mean))
    }
    #expect(average.configuration.serialized() == files[0].configuration.serialized())
    #expect(average.source == files[0].source && average.target == files[0].target)
    #expect(average.record["averaged"]?.int == 3 && average.record["updates"]?.int == 3)
    // It is a model file like any other, and averaging it with itself changes no weight.
    let path = "\(root)/average.safetensors"
    try average.write(to: path)
    let again = try ModelAverage.of([path, path]).translation
    #expect(again.weights.slab.elements == average.weights.slab.elements)
    #expect(again.record["averaged"]?.int == 2)
    _ = try Translator(path: path, threads: 1).translate("a b")
  }

  @Test func `refuses another architecture`() throws {
    let found = try error([SmallModel.file(), SmallModel.file(score: .general)])
    #expect(
      found
        == .otherArchitecture(
          path: "\(root)/1.safetensors", first: "\(root)/0.safetensors",
          key: "model.attention.score")
    )
    #expect(
      ModelAverageError.otherArchitecture(path: "b", first: "a", key: "model.attention.score")
        .description
        == "b: model.attention.score is another one than in a. Average checkpoints of one run, or of "
        + "runs that went on from the same model.")
  }

  @Test func `refuses another vocabulary, even one of the same size`() throws {
    let found = try error([SmallModel.file(text: ["a b c"]), SmallModel.file(text: ["a b d"])])
    #expect(
      found
        == .otherVocabulary(
          path: "\(root)/1.safetensors", first: "\(root)/0.safetensors", side: "source", found: 6,
          expected: 6))
    #expect(
      ModelAverageError.otherVocabulary(
        path: "b", first: "a", side: "source", found: 6, expected: 7
      )
      .description
        == "b: the source vocabulary or tokenizer (6 entries) is another one than in a (7 entries). "
        + "Average checkpoints of one run, or of runs that went on from the same model.")
  }

  @Test func `refuses other classes`() throws {
    let model = SmallClassifier.features()
    let other = TrainedClassifier(
      model.model, model.weights, reading: model.reading, labels: ["a", "b", "c"])
    let paths = (0..<2).map { "\(root)/\($0).safetensors" }
    for (path, model) in zip(paths, [model, other]) {
      try SmallClassifier.file(model).write(to: path)
    }
    let error = #expect(throws: ModelAverageError.self) { try ModelAverage.of(paths) }
    #expect(
      error?.description
        == "\(paths[1]): its classes are other ones than those of \(paths[0]). Average checkpoints of "
        + "one run, or of runs that went on from the same model.")
  }

  @Test func `refuses what is not a number`() throws {
    let broken = SmallModel.file(seed: 2)
    broken.weights.slab[0, 5] = .infinity
    let paths = try write([SmallModel.file(), broken])
    let error = #expect(throws: ModelFileError.self) { try ModelAverage.of(paths) }
    #expect(
      error?.description.hasPrefix(
        "\(root)/1.safetensors: the tensor 'encoder.embedding' is inf at element 5;") ?? false)
  }
}
