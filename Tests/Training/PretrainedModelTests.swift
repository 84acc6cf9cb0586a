import DragomanTestSupport
import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `A run that begins with a model` {
  private let fixture: RunFixture
  private let model: String

  /// A model of the letters a to j, and new pairs with k, l and m.
  init() throws {
    fixture = try RunFixture(pairs: 60)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("base")
    try fixture.train(in: folder)
    model = folder.best
    let lines = (0..<40).map { $0 % 3 == 0 ? "a k b k\tk b k a" : "l a c k\tk c a l" } + ["m\tm"]
    try AtomicFile.write(
      Array(lines.map { $0 + "\n" }.joined().utf8), to: "\(fixture.root)/new.tsv")
  }

  private func configuration(
    _ more: String = "", extending: Bool = false, overrides: [String] = []
  ) throws -> (RunConfiguration, PretrainedModel) {
    let path = "\(fixture.root)/tuned.json"
    let text = """
      {"data": {"train": ["\(fixture.root)/new.tsv"], "validation": ["\(fixture.root)/new.tsv"]},
       "training": {"epochs": 1, "batchTokens": 40}\(more)}
      """
    try AtomicFile.write(Array(text.utf8), to: path)
    let pretrained = try PretrainedModel(path: model, extendingVocabulary: extending)
    return (
      try pretrained.configuration(
        path: path, overrides: overrides.compactMap { ConfigurationOverride($0) }
      ).configuration, pretrained
    )
  }

  private func differences(_ more: String, overrides: [String] = []) throws -> [String] {
    let error = #expect(throws: PretrainedModelError.self) {
      try configuration(more, overrides: overrides)
    }
    guard case .otherConfiguration(_, model, let differences)? = error else { return [] }
    return differences
  }

  @Test func `has its architecture, vocabularies and weights`() throws {
    let (configuration, pretrained) = try configuration()
    #expect(configuration.name == "tuned")
    #expect(try configuration.model == pretrained.translation.model.configuration)
    #expect(configuration.tokenizer.kind == .word)
    let state = try TrainingState(configuration, from: pretrained)
    let model = state.model.translation
    #expect(try state.weights.slab.elements == pretrained.translation.weights.slab.elements)
    #expect(try model.source == pretrained.translation.source)
    #expect(state.position == TrainingPosition() && state.record.validations.isEmpty)
    #expect(state.optimizer.moments.allSatisfy { $0.values.slab.elements.allSatisfy { $0 == 0 } })
    // And it is another run than one that begins by chance.
    let folder = fixture.folder("tuned")
    try Trainer(configuration, folder: folder, from: pretrained, threads: 1).run()
    let plain = fixture.folder("plain")
    try Trainer(configuration, folder: plain, threads: 1).run()
    let (tuned, random) = (try ModelFile(path: folder.best), try ModelFile(path: plain.best))
    let known = try pretrained.translation.source
    #expect(tuned.source == known && random.source != known)
  }

  @Test func `appends what is new, by frequency, and leaves the rest in place`() throws {
    let (configuration, pretrained) = try configuration(extending: true)
    let state = try TrainingState(configuration, from: pretrained)
    let model = state.model.translation
    let (old, new) = (try pretrained.translation, model.source.vocabulary)
    let known = old.source.vocabulary.tokens
    #expect(new.tokens == known + ["k", "l", "m"])
    let origin = try #require(state.task.origin)
    #expect(origin.newSourceEntries == 3 && origin.newTargetEntries == 3 && origin.full.isEmpty)
    #expect(
      try pretrained.origin(of: model.model, limit: known.count + 3).full == ["source", "target"])
    for entry in old.model.layout.entries {
      let found = try #require(state.weights[named: entry.name])
      let before = old.weights[entry.handle].elements
      #expect(Array(found.elements.prefix(before.count)) == before, "\(entry.name)")
    }
    let embedding = try #require(state.weights[named: "encoder.embedding"])
    #expect(embedding.rows == known.count + 3)
    let rows = (known.count..<embedding.rows).map { embedding.rows($0..<($0 + 1)).elements }
    #expect(Set(rows).count == 3 && rows.allSatisfy { $0.contains { $0 != 0 } })

    // A limit and a frequency are kept.
    let limit = known.count + 1
    let (narrow, _) = try self.configuration(
      ", \"tokenizer\": {\"vocabulary\": \(limit)}", extending: true)
    #expect(
      try pretrained.codecs(narrow, narrow.data.read(narrow.data.train)).source.vocabulary.tokens
        == known + ["k"])
    let (frequent, _) = try self.configuration(
      ", \"tokenizer\": {\"minimumFrequency\": 2}", extending: true)
    #expect(
      try pretrained.codecs(frequent, frequent.data.read(frequent.data.train)).target.vocabulary
        .tokens
        == pretrained.translation.target.vocabulary.tokens + ["k", "l"])
  }

  @Test func `resumes to the byte`() throws {
    var (configuration, pretrained) = try configuration(extending: true)
    configuration.training.epochs = 3
    func run(_ folder: RunFolder, resume: Bool, stopAfter: Int?) throws {
      let trainer = try Trainer(
        configuration, folder: folder, from: pretrained, resume: resume, threads: 1)
      let start = trainer.position.update
      try trainer.run { stopAfter.map { trainer.position.update - start >= $0 } ?? false }
    }
    let (whole, parts) = (fixture.folder("whole"), fixture.folder("parts"))
    try run(whole, resume: false, stopAfter: nil)
    for stop in [2, 3] { try run(parts, resume: stop > 2, stopAfter: stop) }
    try run(parts, resume: true, stopAfter: nil)
    #expect(try Files.read(whole.last) == Files.read(parts.last))
    #expect(try Files.read(whole.best) == Files.read(parts.best))
    let translator = try Translator(path: whole.best, threads: 1)
    #expect(
      translator.model.source.vocabulary.id(of: "k") != translator.model.source.vocabulary.unknown)
  }

  @Test func `may be stated in another spelling`() throws {
    let feeding = try configuration().0.model.recurrentDecoder.feeding.rawValue
    let spelling = ", \"model\": {\"decoder\": {\"contextFeeding\": \"\(feeding)\"}}"
    let (configuration, pretrained) = try configuration(spelling)
    #expect(try configuration.model == pretrained.translation.model.configuration)
    // A preset yields to the model, and gives its reasons.
    let advised = try self.configuration(", \"preset\": \"translation\"").0
    #expect(try advised.model.embedding == pretrained.translation.model.configuration.embedding)
    #expect(advised.training.labelSmoothing == 0.1)
  }

  @Test func `refuses another architecture or tokenizer, all at once`() throws {
    #expect(
      try differences(#", "model": {"embedding": 13, "encoder": {"hidden": 10, "cell": "lstm"}}"#)
        == [
          "model.embedding (13 instead of 12)", "model.encoder.cell (\"lstm\" instead of \"gru\")",
        ])
    #expect(
      try differences(#", "tokenizer": {"kind": "character", "vocabulary": 9}"#)
        == [
          "tokenizer.kind (\"character\" instead of \"word\")",
          "tokenizer.vocabulary (9 instead of 4000)",
        ])
    #expect(
      try differences("", overrides: ["model.decoder.hidden=15"])
        == ["model.decoder.hidden (15 instead of 14)"])
    #expect(
      PretrainedModelError.otherConfiguration(
        path: "c.json", model: "m", differences: ["x (1 instead of 2)"]
      )
      .description
        == "c.json: the model m was made with other values: x (1 instead of 2). Leave these keys out: a "
        + "run that begins with a model has its architecture and tokenizer.")
  }

  @Test func `may have another dropout`() throws {
    let (configuration, _) = try configuration(#", "model": {"dropout": 0.5}"#)
    #expect(configuration.model.dropout == DropoutConfiguration(0.5))
    let (set, _) = try self.configuration(overrides: ["model.dropout.output=0.4"])
    #expect(set.model.dropout.output == 0.4 && set.model.dropout.embedding == 0.2)
  }

  @Test func `cannot append to byte pairs`() throws {
    var other = fixture.configuration
    other.tokenizer = TokenizerConfiguration()
    let folder = fixture.folder("pairs")
    try Trainer(other, folder: folder, threads: 1).run()
    let error = #expect(throws: PretrainedModelError.self) {
      try PretrainedModel(path: folder.best, extendingVocabulary: true)
    }
    #expect(error == .nothingUnknown(path: folder.best))
    #expect(
      PretrainedModelError.nothingUnknown(path: "m").description
        == "m: the tokens of this model are byte pairs, to which nothing is unknown. Leave out "
        + "--extend-vocabulary.")
    #expect(
      PretrainedModelError.otherSpecials(path: "m").description
        == "m: the vocabulary does not begin with <unk>, <s> and </s>, so nothing can be appended. "
        + "Leave out --extend-vocabulary.")
  }
}
