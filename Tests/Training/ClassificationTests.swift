import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `Classification of texts` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Which of a, b and c stands first in a line of six letters.
  private func lines(_ count: Int, from start: Int) -> String {
    (0..<count).map { index in
      var state = UInt64(start + index) &* 0x9E37_79B9_7F4A_7C15
      let letters = (0..<6).map { _ -> String in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return String("abcdefg".dropFirst(Int(state >> 33) % 7).prefix(1))
      }
      let label = letters.first { "abc".contains($0) } ?? "none"
      return letters.joined(separator: " ") + "\t\(label)\n"
    }.joined()
  }

  private func configuration(_ json: String = "") throws -> RunConfiguration {
    try folder.write("train.tsv", lines(300, from: 0))
    try folder.write("validation.tsv", lines(60, from: 1000))
    return try RunConfiguration.parse(
      Array(
        """
        {"task": "classification", "tokenizer": {"kind": "word"},
         "data": {"train": ["\(folder["train.tsv"])"], "validation": ["\(folder["validation.tsv"])"]},
         "classifier": {"embedding": 16, "encoder": {"hidden": 12}, "pooling": "attention"},
         "training": {"epochs": 12, "batchTokens": 120, "optimizer": {"learningRate": 0.01}}\(json)}
        """.utf8), file: "a.json")
  }

  private func train(
    _ configuration: RunConfiguration, _ name: String, resume: Bool = false, threads: Int = 1,
    stopAfter: Int? = nil
  ) throws -> RunFolder {
    let run = RunFolder(name: name, in: folder.path)
    let trainer = try Trainer(configuration, folder: run, resume: resume, threads: threads)
    let start = trainer.position.update
    try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
    return run
  }

  @Test func `learns, and reads its file again`() throws {
    let run = try train(try configuration(), "run", threads: 2)
    let file = try ClassifierFile(path: run.best)
    #expect(file.trained.labels == ["a", "b", "c", "none"])
    let record = try #require(TrainingRecord(file.record))
    #expect(record.metric == .accuracy)
    #expect(try #require(record.best?.scores[.accuracy]) >= 90)
    let classifier = try ExampleClassifier(path: run.best, threads: 1)
    let found = try classifier.classify(["g f b e a c", "d e f g d d"], withWeights: true)
      .map(\.classification)
    #expect(found.map(\.best) == ["b", "none"])
    let sum = found[0].choices.reduce(0) { $0 + $1.probability }
    #expect(abs(sum - 1) < 1e-5)
    let weights = try #require(found[0].weights)
    #expect(weights.map(\.token) == ["g", "f", "b", "e", "a", "c", "</s>"])
    #expect(abs(weights.reduce(0) { $0 + $1.weight } - 1) < 1e-5)
    let alone = try classifier.classify(["d e f g d d"]).map(\.classification)
    #expect(alone[0].choices == found[1].choices && alone[0].weights == nil)
  }

  @Test func `goes on to the same bytes on other threads`() throws {
    let configuration = try configuration(
      #", "name": "x""#)
    let whole = try train(configuration, "whole")
    _ = try train(configuration, "parts", threads: 2, stopAfter: 17)
    let parts = try train(configuration, "parts", resume: true, threads: 3)
    #expect(try Files.read(whole.last) == Files.read(parts.last))
    #expect(try Files.read(whole.best) == Files.read(parts.best))
  }

  @Test func `is averaged, and not with a model of other classes`() throws {
    let configuration = try configuration()
    let run = try train(configuration, "run")
    guard case .classification(let mean) = try ModelAverage.of([run.best, run.best]) else {
      Issue.record("no classifier")
      return
    }
    #expect(mean.record["averaged"]?.int == 2)
    #expect(
      mean.weights.slab.elements == (try ClassifierFile(path: run.best)).weights.slab.elements)
  }

  @Test func `refuses models of the other task`() throws {
    let run = try train(try configuration(), "run")
    let error = #expect(throws: ModelFileError.self) { try ModelFile(path: run.best) }
    #expect(
      error?.description
        == "\(run.best): a model for classification, but expected one for translation. Use `dragoman classify` with it."
    )
  }

  @Test func `says what is wrong with classes`() throws {
    let configuration = try configuration()
    func message(_ file: String, _ lines: String) throws -> String {
      let before = try Files.read(folder[file])
      try folder.write(file, lines)
      defer { try? AtomicFile.write(before, to: folder[file]) }
      return try #require(throws: ClassificationError.self) {
        try ClassificationData(configuration)
      }.description
    }
    #expect(
      try message("train.tsv", "x y\ta\nz\ta\n") == """
        \(folder["train.tsv"]): expected examples of at least two classes, found 2 of the class 'a' alone. \
        Look at data.columns: the text is column `source`, the class column `target`.
        """)
    #expect(
      try message("train.tsv", (0..<300).map { "a\tthe text \($0)\n" }.joined()).contains(
        "expected a few classes, found 300 different ones in 300 examples"))
    #expect(
      try message("validation.tsv", "x\ta\nx\tnonne\n") == """
        \(folder["validation.tsv"]):2: expected one of the 4 classes of the training examples, found 'nonne'. \
        Did you mean 'none'?
        """)
    #expect(
      try message("validation.tsv", "\ta\n").contains("data.validation: no example can be used"))
  }

  @Test(arguments: [
    (
      #", "model": {"embedding": 3}"#,
      "model is an object, but counts only if task is \"translation\""
    ),
    (#", "decoding": {"beam": 3}"#, "counts only if task is \"translation\""),
    (#", "preset": "g2p""#, "this preset is for pairs of texts"),
    (
      #", "training": {"metrics": ["bleu"]}"#, "bleu is not a figure of classification"
    ),
  ])
  func `has no use for what translation has`(json: String, message: String) throws {
    let text = """
      {"task": "classification", "data": {"train": ["a.tsv"], "validation": ["b.tsv"]}\(json)}
      """
    let found = try #require(throws: ConfigurationError.self) {
      try RunConfiguration.parse(Array(text.utf8), file: "a.json")
    }.description
    #expect(found.contains(message), "\(found)")
  }

  @Test func `has keys that translation does not know`() throws {
    let text = """
      {"data": {"train": ["a.tsv"], "validation": ["b.tsv"]}, "classifier": {"pooling": "mean"}}
      """
    let found = try #require(throws: ConfigurationError.self) {
      try RunConfiguration.parse(Array(text.utf8), file: "a.json")
    }.description
    #expect(found.contains("counts only if task is \"classification\""), "\(found)")
  }
}
