import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `A classifier that begins with a model` {
  private let folder: TemporaryFolder

  /// Texts of three letters whose class is the first of them, of the letters given.
  init() throws {
    folder = try TemporaryFolder()
    func lines(_ letters: String) -> String {
      (0..<60).map { index in
        let places = [index, index * 5 + 1, index * 7 + 2]
        let words = places.map { String(letters.dropFirst($0 % letters.count).prefix(1)) }
        return words.joined(separator: " ") + "\t\(words[0])\n"
      }.joined()
    }
    try folder.write("old.tsv", lines("abcd"))
    try folder.write("new.tsv", lines("abxyz"))
  }

  private func text(_ data: String, _ more: String) -> String {
    let path = folder["\(data).tsv"]
    return """
      {"data": {"train": ["\(path)"], "validation": ["\(path)"]},
       "training": {"epochs": 2, "batchTokens": 60}\(more)}
      """
  }

  private static let small = """
    , "task": "classification", "tokenizer": {"kind": "word"},
    "classifier": {"embedding": 8, "encoder": {"hidden": 6}, "pooling": "attention"}
    """

  /// Trains a model from a configuration of these keys.
  private func train(_ data: String, _ more: String = Self.small, name: String) throws -> String {
    let configuration = try RunConfiguration.parse(Array(text(data, more).utf8), file: "a.json")
    let run = RunFolder(name: name, in: folder.path)
    try Trainer(configuration, folder: run, threads: 1).run()
    return run.best
  }

  private func state(
    from model: String, _ data: String, _ more: String = "", extending: Bool = false
  ) throws -> (state: TrainingState, configuration: RunConfiguration, model: PretrainedModel) {
    try folder.write("tuned.json", text(data, more))
    let pretrained = try PretrainedModel(path: model, extendingVocabulary: extending)
    let configuration = try pretrained.configuration(path: folder["tuned.json"]).configuration
    return (
      try TrainingState(configuration, from: pretrained, threads: 1), configuration, pretrained
    )
  }

  private func message(_ body: () throws -> Void) throws -> String {
    try #require(throws: PretrainedModelError.self) { try body() }.description
  }

  @Test func `has all its weights if the classes are the same`() throws {
    let model = try train("old", name: "base")
    let (state, configuration, _) = try state(from: model, "old")
    #expect(configuration.task == .classification && configuration.tokenizer.kind == .word)
    let file = try ClassifierFile(path: model)
    #expect(configuration.classifier == file.trained.model.configuration)
    #expect(state.weights.slab.elements == file.weights.slab.elements)
    #expect(
      state.task.origin?.classes == TrainingOrigin.Classes(known: 4, new: 0, forgotten: 0))
  }

  @Test func `has the scores of the classes that it knows`() throws {
    let model = try train("old", name: "base")
    let (state, _, _) = try state(from: model, "new", extending: true)
    #expect(
      state.task.origin?.classes == TrainingOrigin.Classes(known: 2, new: 3, forgotten: 2))
    #expect(state.task.origin?.newSourceEntries == 3)
    let old = try ClassifierFile(path: model)
    func rows(_ weights: Parameters, _ name: String) throws -> Matrix {
      try #require(weights[named: name])
    }
    // Classes a and b, then x, y and z in the place of c and d.
    let (head, before) = (
      try rows(state.weights, "head.weight"), try rows(old.weights, "head.weight")
    )
    #expect(head.rows == 5 && before.rows == 4)
    #expect(head.rows(0..<2).elements == before.rows(0..<2).elements)
    #expect(head.rows(2..<4).elements != before.rows(2..<4).elements)
    let (bias, former) = (
      try rows(state.weights, "head.bias").elements, try rows(old.weights, "head.bias").elements
    )
    #expect(bias == former[..<2] + [0, 0, 0])
    let words = try rows(old.weights, "encoder.embedding").elements
    #expect(try rows(state.weights, "encoder.embedding").elements.starts(with: words))
    for name in ["pooling.query", "encoder.0.forward.inputWeight"] {
      #expect(try rows(state.weights, name).elements == rows(old.weights, name).elements)
    }
  }

  @Test(arguments: ["recurrent", "transformer"], ["none", "all"])
  func `has the encoder of a model that translates`(family: String, tied: String) throws {
    let sizes =
      family == "recurrent"
      ? #""encoder": {"hidden": 4}, "decoder": {"hidden": 8, "output": {"kind": "deep"}}"#
      : """
      "encoder": {"kind": "transformer", "width": 8, "layers": 1, "heads": 2, "inner": 8},
      "decoder": {"kind": "transformer", "width": 8, "layers": 1, "heads": 2, "inner": 8}
      """
    let model = try train(
      "old",
      """
      , "tokenizer": {"kind": "word", "shared": \(tied == "all")},
      "model": {"embedding": 8, \(sizes), "tied": "\(tied)"}
      """, name: "translator")
    let (state, configuration, _) = try state(
      from: model, "new", #", "task": "classification""#)
    #expect(configuration.classifier.encoder.kind.rawValue == family)
    #expect(configuration.classifier.embedding == 8 && !configuration.tokenizer.shared)
    #expect(
      state.task.origin?.classes == TrainingOrigin.Classes(known: 0, new: 5, forgotten: nil))
    let file = try ModelFile(path: model)
    var compared = 0
    for entry in state.task.layout.entries where entry.name.hasPrefix("encoder.") {
      let name = tied == "all" && entry.name == "encoder.embedding" ? "embedding" : entry.name
      let before = try #require(file.weights[named: name])
      #expect(state.weights[entry.handle].elements == before.elements, "\(entry.name)")
      compared += 1
    }
    #expect(compared > 4)
    guard case .classification(let classifier) = state.model else { return }
    #expect(classifier.trained.codec == file.source)
  }

  @Test func `resumes to the byte`() throws {
    let model = try train("old", name: "base")
    let (_, configuration, pretrained) = try state(from: model, "new", extending: true)
    func run(_ name: String, resume: Bool = false, stopAfter: Int? = nil) throws -> [UInt8] {
      let run = RunFolder(name: name, in: folder.path)
      let trainer = try Trainer(
        configuration, folder: run, from: pretrained, resume: resume, threads: 1)
      let start = trainer.position.update
      try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
      return try Files.read(run.last)
    }
    let whole = try run("whole")
    _ = try run("parts", stopAfter: 3)
    #expect(try run("parts", resume: true) == whole)
  }

  @Test func `says what does not go together`() throws {
    let model = try train("old", name: "base")
    #expect(
      try message { _ = try state(from: model, "new", #", "task": "translation""#) }
        == "\(model): a model for classification, but expected one for translation, which the task of the run is. "
        + "Set task to \"classification\", or leave out --from.")
    #expect(
      try message {
        _ = try state(from: model, "new", #", "classifier": {"encoder": {"hidden": 7}}"#)
      }.hasPrefix(
        "\(folder["tuned.json"]): the model \(model) was made with other values: "
          + "classifier.encoder.hidden (7 instead of 6)."))
    #expect(
      try message {
        _ = try state(
          from: model, "new",
          #", "task": "classification", "classifier": {"encoder": {"kind": "vision"}}"#)
      }.contains("classifier.encoder.kind (\"vision\" instead of \"recurrent\")"))
    #expect(
      PretrainedModelError.noVocabulary(path: "m").description
        == "m: this model reads images, and has no vocabulary. Leave out --extend-vocabulary.")
  }

  @Test func `draws the pieces of words anew, the same ones on any threads`() throws {
    let configuration = try RunConfiguration.parse(
      Array(
        text(
          "old",
          """
          , "task": "classification", "tokenizer": {"vocabulary": 290, "dropout": 0.5},
          "classifier": {"embedding": 8, "encoder": {"hidden": 6}}
          """
        ).utf8), file: "a.json")
    let words = (0..<60).map { "letter\($0 % 7)letter\t\($0 % 3)\n" }.joined()
    try folder.write("old.tsv", words)
    let task = try ClassificationTask(configuration)
    func drawn(_ epoch: Int) -> EncodedLines? {
      guard case .texts(let texts) = task.data.examples(epoch: epoch, seed: 1) else { return nil }
      return texts.texts
    }
    #expect(drawn(0) == drawn(0) && drawn(0) != drawn(1))
    func run(_ name: String, _ threads: Int, resume: Bool = false, stopAfter: Int? = nil) throws
      -> [UInt8]
    {
      let run = RunFolder(name: name, in: folder.path)
      let trainer = try Trainer(configuration, folder: run, resume: resume, threads: threads)
      let start = trainer.position.update
      try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
      return try Files.read(run.last)
    }
    let whole = try run("whole", 1)
    _ = try run("parts", 2, stopAfter: 4)
    #expect(try run("parts", 3, resume: true) == whole)
  }
}
