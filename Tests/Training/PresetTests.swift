import DragomanFormats
import DragomanTestSupport
import Testing

@testable import DragomanTraining

@Suite struct `A preset` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ json: String, _ overrides: [String] = []
  ) throws -> (configuration: RunConfiguration, advice: ConfigurationAdvice?) {
    let pairs = (0..<40).map { "the cat \($0) sleeps here\tdie Katze \($0) schläft hier\n" }
    try folder.write("train.tsv", pairs.joined())
    let data = #""data": {"train": ["\#(folder["train.tsv"])"], "validation": ["v.tsv"]}"#
    try folder.write("a.json", "{\(data)\(json.isEmpty ? "" : ", ")\(json)}")
    return try RunConfiguration.readAdvised(
      path: folder["a.json"], overrides: overrides.compactMap { ConfigurationOverride($0) })
  }

  @Test func `fills in what nobody stated, and says why`() throws {
    let (found, advice) = try read(#""preset": "auto""#)
    #expect(found.preset == .auto && found.name == "a")
    #expect(found.model.recurrentDecoder.output.kind == .deep && found.model.tied == .output)
    #expect(found.training.labelSmoothing == 0.1 && found.decoding.beam == 5)
    #expect(advice?.task == .translation && advice?.reasons.isEmpty == false)
    #expect(try read(#""preset": "g2p""#).configuration.tokenizer.kind == .character)
    // What was settled once is read again without a look at the pairs.
    #expect(try RunConfiguration.read(found.json, file: "again") == found)
  }

  @Test func `lets models of words meet unknown ones`() throws {
    let (found, advice) = try read(#""preset": "auto", "tokenizer": {"kind": "word"}"#)
    #expect(found.tokenizer.kind == .word && found.tokenizer.minimumFrequency == 2)
    #expect(
      advice?.reasons.last
        == "tokenizer: minimumFrequency 2, since a model of words learns only from words it does not know what to do "
        + "with others")
    let (stated, silent) = try read(
      #""preset": "auto", "tokenizer": {"kind": "word", "minimumFrequency": 1}"#)
    #expect(stated.tokenizer.minimumFrequency == 1)
    #expect(silent?.reasons.contains { $0.contains("minimumFrequency") } == false)
    #expect(try read(#""preset": "g2p""#).configuration.tokenizer.minimumFrequency == 1)
    #expect(
      try read(#""preset": "auto""#, ["tokenizer.kind=word"]).configuration.tokenizer
        .minimumFrequency == 2)
    #expect(
      try read(#""tokenizer": {"kind": "word"}"#).configuration.tokenizer.minimumFrequency == 1)
  }

  @Test func `gives Transformers what suits them`() throws {
    let transformer = #"{"kind": "transformer"}"#
    let (found, advice) = try read(
      #""preset": "auto", "model": {"encoder": \#(transformer), "decoder": \#(transformer)}"#)
    let encoder = try #require(found.model.encoder.transformer)
    let decoder = try #require(found.model.decoder.transformer)
    #expect(encoder.width == 128 && encoder.inner == 256 && decoder.layers == 4)
    #expect(found.model.embedding == 128 && found.model.dropout.layers == 0.3)
    #expect(found.model.dropout.embedding == 0.3 && found.model.dropout.output == 0)
    #expect(encoder.attentionDropout == 0 && encoder.innerDropout == 0)
    #expect(decoder.attentionDropout == 0 && decoder.innerDropout == 0)
    #expect(found.training.optimizer.beta2 == 0.98 && found.training.optimizer.epsilon == 1e-9)
    #expect(found.training.batchTokens == 2000 && found.training.optimizer.learningRate == 0.003)
    #expect(
      advice?.reasons.contains {
        $0.contains("4 layers of width 128, 4 heads, inner 256, a tied output layer")
          && $0.contains("layers 0.3, output 0.0")
      } == true)
    #expect(
      advice?.reasons.contains {
        $0.hasPrefix("model: no dropout of attention's weights")
          && $0.hasSuffix("nor before the output layer")
      } == true)
    #expect(advice?.reasons.last?.hasPrefix("left out") == false)
    #expect(try RunConfiguration.read(found.json, file: "again") == found)
  }

  @Test func `gives each side what suits its family`() throws {
    let (found, advice) = try read(
      #""preset": "auto", "model": {"encoder": {"kind": "transformer", "layers": 2}}"#)
    #expect(found.model.encoder.transformer?.layers == 2 && found.model.encoder.width == 128)
    #expect(found.model.recurrentDecoder.hidden == 256 && found.model.attention.size == 256)
    #expect(found.model.encoder.transformer?.innerDropout == 0)
    #expect(found.model.dropout.output == 0.3)
    #expect(
      advice?.reasons.contains { $0.contains("inner 256 in the encoder, 256 units in the decoder") }
        == true)
    let other = try read(
      #""preset": "g2p", "model": {"decoder": {"kind": "transformer"}}"#
    ).configuration
    #expect(other.model.recurrentEncoder.hidden == 96 && other.model.decoder.width == 128)
  }

  @Test func `folds the punctuation of sources where pairs are few, and says so`() throws {
    let (found, advice) = try read(#""preset": "auto""#)
    #expect(found.tokenizer.punctuation == .folded && found.tokenizer.form == .nfc)
    #expect(
      advice?.reasons.contains(
        "tokenizer: curly quotation marks, dashes and ellipses of sources are read as ', \", - and ..., since 40 pairs "
          + "are too few to learn each of them") == true)
    let stated = try read(#""preset": "auto", "tokenizer": {"punctuation": "asIs"}"#).configuration
    #expect(stated.tokenizer.punctuation == .asIs)
    #expect(try read("").configuration.tokenizer.punctuation == .asIs)
  }

  @Test func `is off unless it is asked for`() throws {
    let (found, advice) = try read("")
    #expect(found.preset == .none && advice == nil)
    #expect(found.model == RunConfiguration().model)
  }

  @Test func `gives way to what is stated, and to what does not go with it`() throws {
    let found = try read(
      #""preset": "auto", "model": {"attention": {"score": "dot"}, "encoder": {"hidden": 64}, "dropout": 0.1}"#,
      ["model.decoder.output.kind=direct", "model.tied=none", "model.decoder.hidden=128"]
    ).configuration
    #expect(found.model.attention.score == .dot && found.model.recurrentEncoder.hidden == 64)
    #expect(found.model.recurrentDecoder.output.kind == .direct && found.model.tied == .none)
    #expect(found.model.dropout.embedding == 0.1 && found.training.labelSmoothing == 0.1)
  }

  @Test func `says what is stated otherwise`() throws {
    let (_, advice) = try read(
      #""preset": "auto", "tokenizer": {"vocabulary": 300}"#,
      ["model.decoder.hidden=128", "training.epochs=120"])
    // 120 epochs are what it would have chosen.
    #expect(
      advice?.reasons(besides: []).last
        == "stated otherwise, which counts: tokenizer.vocabulary 300 instead of 2000, "
        + "model.decoder.hidden 128 instead of 256")
    #expect(
      advice?.reasons(besides: ["model"]).last
        == "stated otherwise, which counts: tokenizer.vocabulary 300 instead of 2000")
    #expect(try read(#""preset": "auto""#).advice?.overruled.isEmpty == true)
  }

  @Test(arguments: [
    #""training": {"schedule": {"floor": 0.1}}"#, #""training": {"average": {"decay": 0.99}}"#,
    #""training": {"stopOn": "any"}"#,
    #""model": {"decoder": {"output": {"hidden": 64}}}"#,
    #""tokenizer": {"vocabulary": 300}"#, #""training": {"schedule": {"warmup": 7}}"#,
  ])
  func `may be refined where it has chosen`(refinement: String) throws {
    let found = try read(#""preset": "translation", \#(refinement)"#).configuration
    let plain = try read(#""preset": "translation""#).configuration
    #expect(found != plain)
    #expect(found.training.schedule.kind == .cosine && found.training.average.kind == .ema)
    // The same as it has chosen itself.
    #expect(
      try read(#""preset": "translation", "model": {"tied": "output"}"#).configuration == plain)
  }

  @Test(arguments: [
    "training.metrics=[\"loss\"]", "training.patience=null", "training.updates=9",
    "training.epochs=1", "training.epochs=null", "model.decoder.output.hidden=48",
    "model.embedding=48", "training.schedule.kind=step", "training.optimizer.kind=sgd",
  ])
  func `gives way to what it conflicts with`(override: String) throws {
    let found = try read(#""preset": "auto""#, [override]).configuration
    #expect(found.training.labelSmoothing == 0.1)
    if found.training.optimizer.kind == .sgd {
      #expect(found.training.optimizer.learningRate == 0.1)
    }
    if let updates = found.training.updates { #expect(found.training.schedule.warmup < updates) }
    // What was settled once is read again.
    #expect(try RunConfiguration.read(found.json, file: "again") == found)
  }

  @Test func `tells what it gave up`() throws {
    let (found, advice) = try read(
      #""preset": "transliteration", "tokenizer": {"dropout": 0.2}, "training": {"metrics": ["loss"]}"#
    )
    #expect(found.tokenizer.kind == .bpe && found.tokenizer.dropout == 0.2)
    #expect(
      advice?.reasons(besides: []).last
        == "left out, since what is stated does not go with it: tokenizer.kind, training.stopOn")
  }

  @Test(arguments: [
    (#""metrics": ["loss"], "stopOn": "all""#, "with one metric there is nothing to choose"),
    (
      #""updates": 5, "schedule": {"warmup": 5}"#,
      "training would end before the learning rate has risen"
    ),
    (
      #""schedule": {"kind": "constant", "floor": 0.1}"#,
      "training.schedule.floor is 0.1, but counts only if"
    ),
  ])
  func `lets conflicts between stated values stand`(training: String, message: String) throws {
    let found = try #require(throws: ConfigurationError.self) {
      try read(#""preset": "auto", "training": {\#(training)}, "model": {"cell": 1}"#)
    }.description
    // With all else that is wrong, before any pair is read.
    #expect(found.contains(message) && found.contains("cell is not a key of model"))
  }

  @Test func `cannot look at standard input`() throws {
    let message = try #require(throws: ConfigurationError.self) {
      try read(#""preset": "auto""#, [#"data.train=["-"]"#])
    }.description
    #expect(message.contains("standard input can be read only once"))
  }
}
