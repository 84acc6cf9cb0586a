import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `A run that learns to caption` {
  private let fixture: CaptionFixture

  init() throws { fixture = try CaptionFixture() }

  @Test(arguments: [CaptionFixture.convolutional, CaptionFixture.vision])
  func `learns to tell what is where, and reads its file again`(_ encoder: String) throws {
    let run = try fixture.train(try fixture.configuration(encoder), "run", threads: 2)
    let captioner = try Captioner(path: run.best, threads: 1)
    let examples = try ["100", "101", "103"].flatMap {
      try captioner.model.reading.examples(path: fixture.folder["images/\($0).png"])
    }
    let found = captioner.captions(of: examples, TranslationOptions(withAttention: true))
    #expect(
      found.map(\.translations[0].text)
        == ["it is top left", "it is top right", "it is bottom right"])
    let caption = found[0].translations[0]
    #expect(caption.source == fixture.folder["images/100.png"] && caption.sourceTokens == [])
    #expect(caption.targetTokens == ["it", "is", "top", "left", "</s>"])
    let grid = try #require(captioner.gridSize)
    #expect(caption.attention.allSatisfy { $0.count == grid.height * grid.width })
    // An image alone, other beams and several models give what they give together.
    #expect(
      captioner.captions(of: [examples[1]])[0].translations[0].text == "it is top right")
    var wide = try Captioner(path: run.best, others: [run.last], threads: 2)
    wide.decoding.searchBeam(3)
    let best = wide.captions(of: examples, count: 3)
    #expect(best.allSatisfy { $0.translations.count == 3 })
    #expect(best.map(\.translations[0].text) == found.map(\.translations[0].text))
    // Its scores are those of the search.
    let scores = captioner.scores(of: [(examples[0], caption.text)])
    for (score, written) in zip(scores[0].logProbabilities, caption.logProbabilities) {
      #expect(abs(score - written) < 1e-4)
    }
    // What comes piece by piece is what comes at once.
    var writer = captioner.writer(examples[2], TranslationOptions())
    var pieces = ""
    while !writer.isFinished { pieces += writer.advance()?.text ?? "" }
    #expect(pieces == "it is bottom right")
    #expect(
      captioner.captions(of: [examples[0]], TranslationOptions(prefix: "top"))[0].translations[0]
        .text.hasPrefix("top"))
  }

  @Test func `draws captions that depend on seed and image alone`() throws {
    let run = try fixture.train(
      try fixture.configuration(training: #", "updates": 3"#), "run")
    var captioner = try Captioner(path: run.last, threads: 1)
    captioner.decoding.sample()
    captioner.decoding.maximumLength = 6
    let examples = try ["100", "101"].flatMap {
      try captioner.model.reading.examples(path: fixture.folder["images/\($0).png"])
    }
    func drawn(_ examples: [CaptionExample]) -> [[[String]]] {
      captioner.captions(of: examples, count: 3).map { $0.translations.map(\.targetTokens) }
    }
    let both = drawn(examples)
    #expect(drawn([examples[1]])[0] == both[1] && both[0] != both[1])
    #expect(Set(both[0]).count > 1)
  }

  @Test(arguments: [CaptionFixture.convolutional, CaptionFixture.vision])
  func `goes on to the same bytes on other threads`(_ encoder: String) throws {
    let configuration = try fixture.configuration(
      encoder, training: #", "updates": 40, "average": {"kind": "ema"}, "logEvery": 7"#)
    let whole = try fixture.train(configuration, "whole")
    _ = try fixture.train(configuration, "parts", threads: 2, stopAfter: 17)
    let parts = try fixture.train(configuration, "parts", resume: true, threads: 3)
    #expect(try Files.read(whole.last) == Files.read(parts.last))
    #expect(try Files.read(whole.best) == Files.read(parts.best))
  }

  @Test(arguments: [
    #"{"kind": "features"}"#, #"{"kind": "recurrent", "hidden": 6}"#,
    #"{"kind": "transformer", "width": 12, "layers": 1, "heads": 2, "inner": 12}"#,
  ])
  func `learns from features, and goes on to the same bytes`(_ encoder: String) throws {
    let decoder =
      encoder.contains("transformer")
      ? #""decoder": {"kind": "transformer", "width": 12, "layers": 1, "heads": 2, "inner": 12}"#
      : CaptionFixture.recurrent
    let configuration = try fixture.features(encoder, decoder)
    let whole = try fixture.train(configuration, "whole", threads: 2)
    _ = try fixture.train(configuration, "parts", stopAfter: 23)
    let parts = try fixture.train(configuration, "parts", resume: true, threads: 2)
    #expect(try Files.read(whole.last) == Files.read(parts.last))
    let captioner = try Captioner(path: whole.best, threads: 1)
    #expect(captioner.gridSize == nil)
    let examples = try captioner.model.reading.examples(path: fixture.folder["validation.npy"])
    #expect(examples.count == 8 && examples[3].image == nil)
    let found = captioner.captions(of: examples).map(\.translations[0].text)
    #expect(found.filter { $0.hasPrefix("it is") }.count == 8)
  }

  @Test func `reads several captions of an image as several references`() throws {
    let task = try CaptioningTask(fixture.configuration())
    let references = try #require(task.references)
    #expect(task.validationCount == 16 && references.sources.count == 8)
    #expect(references.references.segments[0] == ["it is top left", "top left it is"])
    #expect(task.summary.trainPairs == 48 && task.data.validation.count == 16)
    // Captions of arrays that are not a table say the same.
    let other = try CaptioningTask(fixture.features())
    #expect(other.references?.references == references.references)
  }

  @Test func `tells the doubly stochastic term apart from the loss`() throws {
    let state = try TrainingState(fixture.configuration())
    let gradients = Parameters(layout: state.task.layout)
    let batch = try state.task.epoch(0, batchTokens: 60).batch(at: 0)
    let (loss, _) = try state.gradient(
      of: [batch], into: gradients, Workspace(kernels: Kernels(threads: 1)))
    #expect(loss.penalty > 0.1 && loss.mean == loss.sum / Double(loss.count))
    var position = TrainingPosition()
    position.advance(batches: 1, examples: 3, loss)
    #expect(TrainingPosition(position.json) == position)
    #expect(position.penaltySum == loss.penalty)
  }

  @Test func `keeps the weights of a frozen encoder`() throws {
    let first = try fixture.train(
      try fixture.configuration(training: #", "updates": 5"#), "first")
    let next = try fixture.train(
      try fixture.configuration(
        training: #", "updates": 6, "freeze": "encoder", "labelSmoothing": 0.1"#),
      "next", from: try PretrainedModel(path: first.last))
    let (before, after) = (
      try CaptionerFile(path: first.last), try CaptionerFile(path: next.last)
    )
    for entry in after.layout.entries {
      let (old, new) = (before.weights[entry.handle].elements, after.weights[entry.handle].elements)
      #expect((old == new) == entry.name.hasPrefix("encoder."), "\(entry.name)")
    }
  }

  @Test func `takes the encoder of a classifier, by name, and tells how much that is`() throws {
    let labels = ["top left", "top right", "bottom left", "bottom right"]
    for (part, range) in [("train", 0..<48), ("validation", 100..<108)] {
      try fixture.folder.write(
        "\(part)-classes.tsv", range.map { "\($0).png\t\(labels[$0 % 4])\n" }.joined())
    }
    for encoder in [CaptionFixture.convolutional, CaptionFixture.vision] {
      let classes = try RunConfiguration.parse(
        Array(
          """
          {"task": "classification",
           "data": {"train": ["\(fixture.folder["train-classes.tsv"])"],
                    "validation": ["\(fixture.folder["validation-classes.tsv"])"],
                    "images": {"folder": "\(fixture.folder["images"])"}},
           "classifier": {"encoder": \(encoder), "pooling": "\(encoder.contains("vision") ? "cls" : "mean")"},
           "training": {"updates": 4, "batchImages": 8}}
          """.utf8), file: "c.json")
      let name = encoder.contains("vision") ? "vision" : "convolutional"
      let classifier = try fixture.train(classes, "\(name)-classes")
      let pretrained = try PretrainedModel(path: classifier.last)
      try fixture.folder.write(
        "caption.json",
        """
        {"task": "captioning",
         "data": {"train": ["\(fixture.folder["train.tsv"])"], "validation": ["\(fixture.folder["validation.tsv"])"],
                  "images": {"folder": "\(fixture.folder["images"])"}},
         "tokenizer": {"kind": "word"}, "model": {\(CaptionFixture.recurrent)}, "training": {"updates": 2}}
        """)
      let configuration = try pretrained.configuration(path: fixture.folder["caption.json"])
        .configuration
      #expect(configuration.model.encoder.kind.rawValue == name)
      let state = try TrainingState(configuration, from: pretrained)
      let file = try ClassifierFile(path: classifier.last)
      let taken = try #require(state.task.origin?.taken)
      let own = state.task.layout.entries.filter { $0.name.hasPrefix("encoder.") }
      #expect(taken.tensors == own.count && taken.all == state.task.layout.parameterCount)
      #expect(taken.parameters == own.reduce(0) { $0 + $1.handle.count })
      for entry in own {
        let theirs = try #require(file.weights[named: entry.name]).elements
        let mine = state.weights[entry.handle].elements
        // A row for the image as a whole came before those of the patches.
        #expect(mine == Array(theirs.suffix(mine.count)), "\(entry.name)")
        #expect(mine.count == theirs.count || entry.name == "encoder.positions")
      }
    }
  }
}
