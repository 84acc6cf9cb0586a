import DragomanFormats
import DragomanSystem
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `Training on other ways of writing` {
  private func fixture(_ augment: [SourceVariant]) throws -> RunFixture {
    let run = try RunFixture(pairs: 60)
    let pairs = try ParallelCorpus(reading: run.configuration.data.train)
    let text = pairs.map { "\($0.source.uppercased()).\t\($0.target)\n" }.joined()
    try AtomicFile.write(Array(text.utf8), to: "\(run.root)/train.tsv")
    run.configuration.data.augment = augment
    return run
  }

  @Test(arguments: [TokenizerKind.word, .bpe])
  func `goes on after a stop as if nothing had happened`(_ kind: TokenizerKind) throws {
    let run = try fixture(SourceVariant.allCases)
    run.configuration.tokenizer.kind = kind
    run.configuration.tokenizer.vocabulary = 400
    let whole = try run.train(in: run.folder("whole"), threads: 2)
    _ = try run.train(in: run.folder("cut"), stopAfter: 7)
    _ = try run.train(in: run.folder("cut"), resume: true, stopAfter: 9)
    let cut = try run.train(in: run.folder("cut"), resume: true)
    #expect(cut == whole)
  }

  @Test func `meets each way in turn, and none where none is asked for`() throws {
    let run = try fixture(SourceVariant.allCases)
    let data = try TrainingData(run.configuration)
    func sources(_ epoch: Int) -> [String] {
      let pairs = data.epoch(epoch, seed: 1, batchTokens: 100).pairs
      return (0..<pairs.count).map { data.source.decode(pairs.source[$0]) }
    }
    let (first, second) = (sources(0), sources(1))
    #expect(first == sources(0) && first != second)
    for way in [\String.hasStop, \String.isSmall] {
      for wanted in [true, false] { #expect(first.contains { $0[keyPath: way] == wanted }) }
    }
    let unchanged = try fixture([])
    let plain = try TrainingData(unchanged.configuration)
    #expect(data.target.encode("a b") == plain.target.encode("a b"))
    let pairs = plain.epoch(3, seed: 1, batchTokens: 100).pairs
    #expect(pairs.source == plain.train.source)
    // What decides is looked at as it is written.
    #expect(plain.validation.source.tokenCount == data.validation.source.tokenCount)
  }

  @Test func `is refused where it would change nothing`() throws {
    func problem(_ json: String) -> String {
      let data = #""data": {"train": ["t.tsv"], "validation": ["v.tsv"], "augment": \#(json)}"#
      do {
        _ = try RunConfiguration.read(
          JSON.parse(Array("{\(data)}".utf8), file: "a.json"), file: "a.json")
        return ""
      } catch { return "\(error)" }
    }
    #expect(problem(#"["lowercase", "noFinalPunctuation"]"#).isEmpty)
    #expect(problem(#"["lowercase", "lowercase"]"#).contains("\"lowercase\" is in it twice"))
    #expect(
      problem(#"["lowercase"]}, "tokenizer": {"lowercase": true"#)
        .contains("the tokenizer makes all sources lower-case in any case"))
    #expect(
      problem(#"["lowercase"]}, "task": "classification", "tokenizer": {"vocabulary": 500"#)
        .contains("the texts of a classifier are always read as they are written"))
    #expect(problem(#"["lowercse"]"#).contains("did you mean \"lowercase\"?"))
  }
}

extension String {
  fileprivate var hasStop: Bool { hasSuffix(".") }
  fileprivate var isSmall: Bool { self == lowercased() }
}

@Suite struct `What a model file keeps of the training pairs` {
  private func learnt(_ path: String) throws -> LearntText? { try ModelFile(path: path).learnt }

  @Test func `is the longest source, unknown targets and, of pieces, the words`() throws {
    let run = try RunFixture()
    let data = try TrainingData(run.configuration)
    try run.train(in: run.folder("words"))
    let words = try #require(try learnt(run.folder("words").best))
    #expect(words.longestSource == 6 && words.unknownTargets == 0 && words.words.isEmpty)
    #expect(data.learnt == words)
    run.configuration.tokenizer.minimumFrequency = 60
    let rare = try TrainingData(run.configuration)
    #expect(rare.learnt.unknownTargets > 0)
    #expect(rare.learnt.unknownTargets == rare.summary.unknownTargetTokens)
    run.configuration.tokenizer.minimumFrequency = 1
    run.configuration.tokenizer.kind = .bpe
    #expect(try TrainingData(run.configuration).learnt.words.count == 1)
  }

  @Test func `grows when a run goes on with the model`() throws {
    let run = try RunFixture()
    run.configuration.tokenizer.kind = .bpe
    run.configuration.training.epochs = 1
    try run.train(in: run.folder("old"))
    let pretrained = try PretrainedModel(path: run.folder("old").best)
    let pairs = "x y z x y z x y\tz y x\n"
    try AtomicFile.write(Array(pairs.utf8), to: "\(run.root)/train.tsv")
    let trainer = try Trainer(
      run.configuration, folder: run.folder("new"), from: pretrained, threads: 1)
    try trainer.run()
    let found = try #require(try learnt(run.folder("new").best))
    #expect(found.longestSource >= 8 && found.words.count == 2)
    let translator = try Translator(path: run.folder("new").best)
    #expect(translator.note(on: "a x z b") == nil)
    #expect(translator.note(on: "a q")?.unseen == ["q"])
    #expect(translator.hasMetUnknownWords == false)
  }
}
