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
    #expect(found.model.decoder.output.kind == .deep && found.model.tied == .output)
    #expect(found.training.labelSmoothing == 0.1 && found.decoding.beam == 5)
    #expect(advice?.task == .translation && advice?.reasons.isEmpty == false)
    #expect(try read(#""preset": "g2p""#).configuration.tokenizer.kind == .character)
    // What was settled once is read again without a look at the pairs.
    #expect(try RunConfiguration.read(found.json, file: "again") == found)
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
    #expect(found.model.attention.score == .dot && found.model.encoder.hidden == 64)
    #expect(found.model.decoder.output.kind == .direct && found.model.tied == .none)
    #expect(found.model.dropout.embedding == 0.1 && found.training.labelSmoothing == 0.1)
  }

  @Test func `cannot look at standard input`() throws {
    let message = try #require(throws: ConfigurationError.self) {
      try read(#""preset": "auto""#, [#"data.train=["-"]"#])
    }.description
    #expect(message.contains("standard input can be read only once"))
  }
}
