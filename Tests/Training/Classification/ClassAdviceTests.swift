import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanSystem
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `Advice on classes` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func corpus(_ count: Int, _ pair: (Int) -> (String, String)) -> ParallelCorpus {
    ParallelCorpus(
      (0..<count).map {
        let (source, target) = pair($0)
        return SentencePair(source: source, target: target)
      })
  }

  /// The configuration that advice on texts makes, read as a file.
  private func texts(
    _ corpus: ParallelCorpus, _ family: EncoderConfiguration.Kind = .recurrent,
    isAsked: Bool = true
  ) throws -> (run: RunConfiguration, advice: ConfigurationAdvice) {
    let advice = ConfigurationAdvice(
      texts: CorpusProfile(corpus), ClassProfile(corpus), family: family, isAsked: isAsked)
    return (try read(advice), advice)
  }

  private func read(_ advice: ConfigurationAdvice) throws -> RunConfiguration {
    var data = DataConfiguration()
    (data.train, data.validation) = ([.tsv("a.tsv")], [.tsv("b.tsv")])
    data.images.folder = "pictures"
    return try RunConfiguration.parse(
      Array(advice.text(name: "x", data: data).utf8), file: "x.json")
  }

  private let sentences = { (index: Int) in
    ("please tell me what number \(index) may mean to you", ["ask", "tell", "know"][index % 3])
  }

  @Test func `for sentences takes pieces, and says what it chose`() throws {
    let (run, advice) = try texts(corpus(300, sentences))
    #expect(run.task == .classification && !run.readsImages)
    #expect(run.tokenizer.kind == .bpe && run.tokenizer.vocabulary == 1000)
    #expect(run.classifier.encoder.kind == .recurrent && run.classifier.pooling == .attention)
    #expect(run.classifier.embedding == 64 && run.classifier.dropout.pooled == 0.3)
    #expect(run.training.epochs == 28 && run.training.metrics == [.accuracy, .loss])
    #expect(
      advice.reasons == [
        "task: classification, as asked for",
        "tokenizer: bpe with 1,000 pieces, since there are 300 texts to learn them from, and no word is unknown then",
        "data.maximumLength: 100; the longest text has 10 words",
        "model: recurrent, word vectors of 64, 64 units in each direction, pooling by attention, whose weights say "
          + "which tokens counted, dropout of 0.3, for fewer than 10,000 examples",
        "training: 28 epochs over 300 examples along a cosine",
        "training.metrics: accuracy says which model is the best; there are 3 classes, each of 100 examples",
      ])
    #expect(
      try texts(corpus(300, sentences), isAsked: false).advice.reasons[0]
        == "task: classification, since the second side has only 3 different values in 300 examples; state the task "
        + "if they are not classes")
  }

  @Test func `gives a Transformer what suits it`() throws {
    let (run, advice) = try texts(corpus(300, sentences), .transformer)
    #expect(run.classifier.encoder.kind == .transformer && run.classifier.embedding == 64)
    #expect(run.training.optimizer.beta2 == 0.98 && run.training.optimizer.learningRate == 0.002)
    #expect(
      advice.reasons.contains {
        $0.hasPrefix("model: transformer, 2 layers of width 64, 4 heads, inner 128, pooling")
      })
  }

  @Test func `for words and short texts takes characters`() throws {
    let (run, advice) = try texts(
      corpus(60) { ("Schmidt\($0)", $0 % 4 == 0 ? "a name" : "none") })
    #expect(run.tokenizer.kind == .character && run.data.maximumLength == 50)
    #expect(
      advice.reasons.contains(
        "tokenizer: character, since texts have 8.8 characters on average"))
    let chinese = corpus(60) { index in
      (String(repeating: "貓在房子裡睡覺", count: 5) + "\(index)", ["甲", "乙"][index % 2])
    }
    #expect(
      try texts(chinese).advice.reasons[1].hasSuffix("in Chinese script, which has no spaces"))
  }

  @Test func `looks at macro F1 where classes are unequal`() throws {
    let (run, advice) = try texts(
      corpus(200) { ("the long sentence of number \($0)", $0 % 20 == 0 ? "rare" : "usual") })
    #expect(run.training.metrics == [.macroF1, .accuracy] && run.training.classWeights == .none)
    #expect(
      advice.reasons.last
        == "training.metrics: macro F1 says which model is the best; there are 2 classes, each of 10 to 190 examples. "
        + "Where rare ones are to count as much as others in training, set training.classWeights to \"balanced\""
    )
  }

  @Test func `takes few short values for classes, and others not`() {
    #expect(ClassProfile(corpus(300, sentences)).isLikely)
    #expect(!ClassProfile(corpus(20, sentences)).isLikely)
    #expect(!ClassProfile(corpus(300) { ("a\($0)", "b\($0)") }).isLikely)
    #expect(!ClassProfile(corpus(300) { ("a\($0)", "always") }).isLikely)
    #expect(!ClassProfile(corpus(300) { ("a\($0)", "this is a sentence \($0 % 3)") }).isLikely)
  }

  // MARK: Images

  private func images(_ sizes: [(Int, Int, Int)]) throws -> ParallelCorpus {
    try Files.createDirectories(folder["pictures"])
    for (index, (height, width, channels)) in sizes.enumerated() {
      let image = Image(
        height: height, width: width, channels: channels,
        samples: .init(repeating: 0.5, count: height * width * channels))
      try AtomicFile.write(PNGWriter.bytes(of: image), to: folder["pictures/\(index).png"])
    }
    return corpus(sizes.count) { ("\($0).png", ["left", "right"][$0 % 2]) }
  }

  private func advice(
    _ corpus: ParallelCorpus, _ family: EncoderConfiguration.Kind = .convolutional
  ) throws -> (run: RunConfiguration, reasons: [String]) {
    var images = ImageDataConfiguration()
    images.folder = folder["pictures"]
    let advice = ConfigurationAdvice(
      images: try ImageProfile(ExampleList(corpus), images), ClassProfile(corpus), family: family,
      isAsked: true)
    return (try read(advice), advice.reasons)
  }

  @Test func `keeps small images as they are`() throws {
    let (run, reasons) = try advice(images([(8, 8, 1), (8, 8, 1), (8, 8, 1)]))
    #expect(run.readsImages && run.data.images.folder == "pictures")
    #expect(run.data.images.height == 8 && run.data.images.augment.shift == 1)
    guard case .convolutional(let encoder) = run.classifier.encoder else {
      Issue.record("no convolutions")
      return
    }
    #expect(encoder.stages.map(\.channels) == [32, 32, 64, 64])
    #expect(encoder.stages.map(\.pool) == [.none, .maximum, .none, .none])
    #expect(encoder.stages.map(\.residual) == [false, true, false, true])
    #expect(
      reasons[1...2] == [
        "data.images: 8 × 8 pixels, as they are; training moves them by up to 1, and mirrors none, which might change "
          + "the class",
        "model: convolutions of 32, 32, 64 and 64 channels, every second one with squeeze-and-excitation and a way "
          + "past, until 4 places a side are left; pooling by their mean, since they are few",
      ])
  }

  @Test func `makes large and unequal images smaller`() throws {
    let (run, reasons) = try advice(
      images([(100, 200, 3), (120, 200, 1), (150, 200, 4), (130, 200, 3), (128, 200, 3)]))
    let images = run.data.images
    #expect([images.height, images.width, images.channels] == [40, 64, 3] && images.fit == .pad)
    #expect(
      reasons[1]
        == "data.images: 40 × 64 pixels, from 128 × 200 of the one in the middle, with margins where proportions are "
        + "others; training moves them by up to 3, and mirrors none, which might change the class")
    #expect(reasons[2] == "data.images.channels: 3, since some images have 1, 3 and 4")
  }

  @Test(arguments: [(24, 24, 4, 24), (8, 8, 2, 8), (17, 13, 2, 16), (28, 28, 4, 28)])
  func `divides images into patches`(
    height: Int, width: Int, patch: Int, found: Int
  ) throws {
    let (run, reasons) = try advice(
      images([(height, width, 1), (height, width, 1)]), .vision)
    guard case .vision(let encoder) = run.classifier.encoder else {
      Issue.record("no patches")
      return
    }
    #expect(encoder.patch == patch && run.data.images.height == found)
    #expect(run.training.patience == nil && run.classifier.pooling == .cls)
    #expect(
      reasons.contains { $0.contains("patches of \(patch) × \(patch), 3 layers of width 64") })
  }

  @Test func `any size of images fits what is chosen`() throws {
    for size in [(1, 1), (1, 40), (3, 7), (64, 64), (63, 64), (65, 9), (500, 375), (7, 200)] {
      for family in [EncoderConfiguration.Kind.convolutional, .vision] {
        let (run, _) = try advice(images([(size.0, size.1, 3), (size.0, size.1, 3)]), family)
        let shape = ImageShape(
          height: run.data.images.height ?? 0, width: run.data.images.width ?? 0, channels: 3)
        #expect(run.classifier.encoder.problem(reading: shape) == nil, "\(size) \(family)")
      }
    }
  }

  @Test func `says which image cannot be read`() throws {
    let corpus = try images([(8, 8, 1)])
    try Files.remove(folder["pictures/0.png"])
    let error = try #require(throws: ClassificationError.self) { try advice(corpus) }
    #expect(
      error.description.hasPrefix("pair 1: the image that this line names cannot be used. "))
  }
}

@Suite struct `A preset for classes` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let lines = (0..<60).map { "what is the sense of number \($0)\t\(["a", "b"][$0 % 2])\n" }
    try folder.write("train.tsv", lines.joined())
  }

  private func read(
    _ json: String, _ overrides: [String] = []
  ) throws -> (configuration: RunConfiguration, advice: ConfigurationAdvice?) {
    let data = #""data": {"train": ["\#(folder["train.tsv"])"], "validation": ["v.tsv"]}"#
    try folder.write("a.json", "{\(data), \(json)}")
    return try RunConfiguration.readAdvised(
      path: folder["a.json"], overrides: overrides.compactMap { ConfigurationOverride($0) })
  }

  @Test func `suits the examples where the task is stated`() throws {
    let (found, advice) = try read(#""task": "classification", "preset": "auto""#)
    #expect(found.task == .classification && found.tokenizer.vocabulary == 1000)
    #expect(advice != nil && advice?.task == nil)
    #expect(advice?.reasons[0] == "task: classification, as asked for")
    // What was settled once is read again without a look at the examples.
    #expect(try RunConfiguration.read(found.json, file: "again") == found)
    let (kept, _) = try read(
      #""task": "classification", "preset": "auto", "classifier": {"encoder": {"hidden": 7}}"#,
      ["training.epochs=3"])
    #expect(kept.classifier.encoder.recurrent?.hidden == 7 && kept.training.epochs == 3)
    #expect(kept.classifier.embedding == 64)
    let (transformer, _) = try read(
      #""task": "classification", "preset": "auto", "classifier": {"encoder": {"kind": "transformer"}}"#
    )
    #expect(transformer.classifier.encoder.transformer?.width == 64)
  }

  @Test func `finds classes where no task is stated, and tells`() throws {
    let (found, advice) = try read(#""preset": "auto""#)
    #expect(found.task == .classification)
    #expect(
      advice?.reasons[0]
        == "task: classification, since the second side has only 2 different values in 60 examples; state the task if "
        + "they are not classes")
    // Who states a model or a task means what is stated.
    #expect(
      try read(#""preset": "auto", "model": {"embedding": 9}"#).configuration.task == .translation)
    #expect(
      try read(#""preset": "auto", "task": "translation""#).configuration.task == .translation)
    #expect(
      try read(#""preset": "auto""#, ["decoding.beam=3"]).configuration.task == .translation)
    #expect(try read(#""preset": "translation""#).configuration.task == .translation)
    #expect(
      try read(#""preset": "auto", "classifier": {"pooling": "mean"}"#).configuration.classifier
        .pooling == .mean)
  }

  @Test func `suits images where there are some`() throws {
    try Files.createDirectories(folder["pictures"])
    let image = Image(
      height: 12, width: 12, channels: 1, samples: .init(repeating: 0.5, count: 144))
    for index in 0..<4 {
      try AtomicFile.write(PNGWriter.bytes(of: image), to: folder["pictures/\(index).png"])
    }
    try folder.write(
      "train.tsv", (0..<4).map { "\($0).png\t\(["a", "b"][$0 % 2])\n" }.joined())
    let data = """
      {"task": "classification", "preset": "auto", "data": {"train": ["\(folder["train.tsv"])"], "validation": \
      ["v.tsv"],
       "images": {"folder": "\(folder["pictures"])"}}
      """
    func read(_ more: String) throws -> RunConfiguration {
      try folder.write("b.json", data + more)
      return try RunConfiguration.readAdvised(path: folder["b.json"]).configuration
    }
    let found = try read("}")
    #expect(found.classifier.encoder.kind == .convolutional && found.data.images.height == 12)
    let vision = try read(#", "classifier": {"encoder": {"kind": "vision", "layers": 1}}}"#)
    guard case .vision(let encoder) = vision.classifier.encoder else {
      Issue.record("no patches")
      return
    }
    #expect(encoder.patch == 2 && encoder.layers == 1 && encoder.width == 64)
    #expect(try RunConfiguration.read(found.json, file: "again") == found)
  }

  @Test func `of pairs is refused`() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try read(#""task": "classification", "preset": "g2p""#)
    }
    #expect(
      error.description.contains(
        "this preset is for pairs of texts; set preset to \"auto\" or to \"none\""), "\(error)")
  }
}
