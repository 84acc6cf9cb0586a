import DragomanFormats
import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `Classification of features` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Lists of rows of three numbers: one of them rises or falls, whatever the others do.
  private struct Series {
    var lengths: [Int] = []
    var rows: [[Float]] = []
    var labels: [Int] = []

    init(_ count: Int, from start: Int) {
      for index in start..<(start + count) {
        var state = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
        func random() -> Float {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Float(state >> 40) / Float(1 << 24)
        }
        let (length, label) = (3 + Int(random() * 6), index % 3)
        lengths.append(length)
        labels.append(label)
        rows.append(
          (0..<length).flatMap { step -> [Float] in
            let slope = Float(label - 1) * Float(step)
            return [100 + 5 * slope + random(), random(), 0.25]
          })
      }
    }

    var all: [Float] { rows.flatMap(\.self) }
    var count: Int { lengths.count }
  }

  private let names = ["falls", "rests", "rises"]

  /// Writes both parts as safetensors in bfloat16, with offsets, and names in the metadata.
  private func write(_ type: String = "F32") throws {
    for (name, series) in [("train", Series(90, from: 0)), ("validation", Series(18, from: 500))] {
      let offsets = series.lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
      let rows = series.all
      try AtomicFile.write(
        ArrayBytes.safetensors(
          [
            (
              "features", type, [rows.count / 3, 3],
              type == "F32" ? ArrayBytes.floats(rows) : ArrayBytes.halves(rows)
            ),
            ("offsets", "I64", [series.count + 1], ArrayBytes.integers(offsets)),
            ("labels", "I64", [series.count], ArrayBytes.integers(series.labels)),
          ], metadata: ["names": #"["falls", "rests", "rises"]"#]),
        to: folder["\(name).safetensors"])
    }
  }

  private func configuration(
    _ classifier: String, train: String = "train.safetensors",
    validation: String = "validation.safetensors", features: String = "", _ more: String = ""
  ) throws -> RunConfiguration {
    try RunConfiguration.parse(
      Array(
        """
        {"task": "classification",
         "data": {"train": ["\(folder[train])"], "validation": ["\(folder[validation])"]\(features)},
         "classifier": \(classifier),
         "training": {"epochs": 14, "batchTokens": 60, "patience": null, "optimizer": {"learningRate": 0.02}}\(more)}
        """.utf8), file: "a.json")
  }

  private static let plain = #"{"encoder": {"kind": "features"}, "pooling": "attention"}"#
  private static let recurrent = """
    {"embedding": 8, "encoder": {"kind": "recurrent", "hidden": 6}, "input": "features", "pooling": "attention"}
    """
  private static let transformer = """
    {"embedding": 8, "encoder": {"kind": "transformer", "width": 8, "layers": 1, "heads": 2, "inner": 12},
     "input": "features"}
    """

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

  @Test(arguments: [Self.recurrent, Self.transformer])
  func `learns, and reads its file again`(classifier: String) throws {
    try write()
    let run = try train(try configuration(classifier), "run", threads: 2)
    let file = try ClassifierFile(path: run.best)
    #expect(file.trained.labels == names)
    #expect(file.configuration["tokenizer"] == nil)
    #expect(file.configuration["data"]?["maximumLength"] == nil)
    guard case .features(let preparation) = file.trained.reading else {
      Issue.record("no features")
      return
    }
    // A column that never changes is not divided.
    #expect(preparation.mean[2] == 0.25 && preparation.deviation[2] == 1)
    #expect(abs(preparation.mean[1] - 0.5) < 0.05 && abs(preparation.deviation[1] - 0.29) < 0.03)
    let record = try #require(TrainingRecord(file.record))
    #expect(try #require(record.best?.scores[.accuracy]) >= 90)
    let classifier = try ExampleClassifier(path: run.best, threads: 1)
    let found = try classifier.classify([folder["validation.safetensors"]], withWeights: true)
    #expect(found.count == 18)
    #expect(found[3].line == "\(folder["validation.safetensors"])[3]")
    let right = zip(found, Series(18, from: 500).labels).count {
      $0.classification.best == names[$1]
    }
    #expect(right >= 16)
    let test = try ClassifiedTest(
      [.arrays(folder["validation.safetensors"])],
      RunConfiguration.read(file.configuration, file: "model"))
    #expect(
      try test.found(by: classifier, in: 0..<test.labels.count) == found.map(\.classification.best))
    #expect(test.labels.first == names[500 % 3])
    if classifier.hasWeights {
      let weights = try #require(found[0].rows?.weights)
      #expect(weights.count == Series(18, from: 500).lengths[0])
      #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
    } else {
      #expect(found[0].rows?.weights == nil)
    }
  }

  @Test(arguments: [Self.plain, Self.recurrent, Self.transformer])
  func `goes on to the same bytes on other threads`(classifier: String) throws {
    try write("BF16")
    let configuration = try configuration(
      classifier, features: #", "features": {"mean": [100], "maximumRows": 7}"#)
    let whole = try train(configuration, "whole")
    _ = try train(configuration, "parts", threads: 2, stopAfter: 17)
    let parts = try train(configuration, "parts", resume: true, threads: 3)
    #expect(try Files.read(whole.last) == Files.read(parts.last))
    #expect(try Files.read(whole.best) == Files.read(parts.best))
    let data = try ClassificationData(configuration)
    #expect(data.summary.skippedAsTooLong == Series(90, from: 0).lengths.count { $0 > 7 })
    #expect(data.summary.longestSource == 7)
  }

  @Test func `an example has the same class in every file and beside all others`() throws {
    try write()
    let run = try train(try configuration(Self.recurrent), "run")
    let classifier = try ExampleClassifier(path: run.best, threads: 3)
    let series = Series(18, from: 500)
    let all = try classifier.classify([folder["validation.safetensors"]], withWeights: true)
    // Each by itself in NPY, all with padding and lengths in NPZ, all one after the other with lengths.
    for (index, rows) in series.rows.enumerated() {
      try AtomicFile.write(
        ArrayBytes.npy("<f4", [rows.count / 3, 3], ArrayBytes.floats(rows)), to: folder["one.npy"])
      let alone = try classifier.classify([folder["one.npy"]], withWeights: true)
      #expect(alone.map(\.line) == [folder["one.npy"]])
      #expect(alone[0].classification == all[index].classification)
      #expect(alone[0].rows?.weights == all[index].rows?.weights)
    }
    let longest = series.lengths.max() ?? 0
    let padded = series.rows.flatMap {
      $0 + [Float](repeating: .nan, count: 3 * longest - $0.count)
    }
    let lengths = ArrayBytes.npy("<i8", [18], ArrayBytes.integers(series.lengths))
    try AtomicFile.write(
      ArrayBytes.npz([
        ("features", ArrayBytes.npy("<f4", [18, longest, 3], ArrayBytes.floats(padded))),
        ("lengths", lengths),
      ]), to: folder["padded.npz"])
    let rows = series.all
    try AtomicFile.write(
      ArrayBytes.npz([
        ("features", ArrayBytes.npy("<f4", [rows.count / 3, 3], ArrayBytes.floats(rows))),
        ("lengths", lengths),
      ]), to: folder["joined.npz"])
    for name in ["padded.npz", "joined.npz"] {
      let found = try classifier.classify([folder[name]])
      #expect(found.map(\.classification) == all.map(\.classification), "\(name)")
    }
  }

  @Test func `is the same training from arrays, from pairs of files and from a table`() throws {
    try write()
    let configuration = try configuration(Self.plain, #", "name": "x""#)
    let expected = try ClassificationData(configuration)
    for (name, series) in [("train", Series(90, from: 0)), ("validation", Series(18, from: 500))] {
      try Files.createDirectories(folder[name])
      var lines = ""
      for (index, rows) in series.rows.enumerated() {
        try AtomicFile.write(
          ArrayBytes.npy("<f4", [rows.count / 3, 3], ArrayBytes.floats(rows)),
          to: folder["\(name)/\(index).npy"])
        lines += "\(name)/\(index).npy\t\(names[series.labels[index]])\n"
      }
      try folder.write("\(name).tsv", lines)
      let rows = series.all
      try AtomicFile.write(
        ArrayBytes.npz([
          ("features", ArrayBytes.npy("<f4", [rows.count / 3, 3], ArrayBytes.floats(rows))),
          ("lengths", ArrayBytes.npy("<i8", [series.count], ArrayBytes.integers(series.lengths))),
          (
            "labels",
            ArrayBytes.npy(
              "<U5", [series.count], ArrayBytes.texts(series.labels.map { names[$0] }, of: 5))
          ),
        ]), to: folder["\(name).npz"])
    }
    let table = try ClassificationData(
      try self.configuration(
        Self.plain, train: "train.tsv", validation: "validation.tsv",
        features: #", "features": {"folder": "\#(folder.path)"}"#))
    let arrays = try ClassificationData(
      try self.configuration(Self.plain, train: "train.npz", validation: "validation.npz"))
    for found in [table, arrays] {
      #expect(found.fingerprint == expected.fingerprint)
      #expect(found.labels.names == expected.labels.names)
    }
  }

  @Test func `takes labels from a file of their own, and numbers as names`() throws {
    try AtomicFile.write(
      ArrayBytes.npy("<f4", [4, 2, 1], ArrayBytes.floats([1, 2, 3, 4, 5, 6, 7, 8])),
      to: folder["x.npy"])
    try AtomicFile.write(
      ArrayBytes.npy("<i8", [4], ArrayBytes.integers([10, 2, 10, 2])), to: folder["y.npy"])
    try folder.write("y.txt", "b\na \nb\na\n")
    func labels(_ name: String) throws -> [String] {
      let files = #"{"source": "\#(folder["x.npy"])", "target": "\#(folder[name])"}"#
      let json = """
        {"task": "classification", "data": {"train": [\(files)], "validation": [\(files)]},
         "classifier": \(Self.plain)}
        """
      return try ClassificationData(RunConfiguration.parse(Array(json.utf8), file: "a.json"))
        .labels.names
    }
    #expect(try labels("y.npy") == ["2", "10"])
    #expect(try labels("y.txt") == ["a", "b"])
  }

  @Test func `is looked at before training`() throws {
    try write()
    let report = try configuration(Self.plain).classificationReport()
    #expect(report.lines[0] == "train: 90 examples of 3 classes")
    #expect(report.lines[1] == "  falls 30, rests 30, rises 30")
    #expect(report.lines[2].hasPrefix("  rows of 3 numbers, 3 to 8 in an example, "))
    #expect(report.json["parts"]?.array?[0]["rows"]?["columns"]?.int == 3)
    let series = Series(3, from: 0)
    let doubled = series.rows[0] + series.rows[0] + series.rows[1]
    try AtomicFile.write(
      ArrayBytes.safetensors([
        ("features", "F32", [doubled.count / 3, 3], ArrayBytes.floats(doubled)),
        (
          "lengths", "I64", [3],
          ArrayBytes.integers([series.lengths[0], series.lengths[0], series.lengths[1]])
        ),
        ("labels", "I64", [3], ArrayBytes.integers([0, 1, 1])),
      ]), to: folder["train.safetensors"])
    let problems = try configuration(Self.plain).classificationReport().problems.map(\.text)
    #expect(problems.contains("1 train: lists of rows that stand there with two classes"))
  }
}
