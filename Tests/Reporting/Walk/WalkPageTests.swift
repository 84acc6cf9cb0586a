import DragomanPages
import DragomanModels
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `The page of a walk` {
  private static let hostile = "<script>alert(1)</script> \"x\" 'y' & سلام"

  private static func walk(
    _ file: ModelFile, _ line: String = "the cat sat", reference: String? = "mat a",
    withGradients: Bool = true
  ) throws -> Walk {
    try Walk(
      line, reference: reference, of: file, withGradients: withGradients,
      kernels: Kernels(threads: 1))
  }

  /// What the family of a recurrent model holds.
  private static func parts(_ walk: Walk) -> (RecurrentEncoderWalk, RecurrentDecoderWalk) {
    switch (walk.encoder, walk.decoder) {
    case (.recurrent(let encoder), .recurrent(let decoder)): (encoder, decoder)
    default: preconditionFailure("another family")
    }
  }

  private static func text(_ walk: Walk) -> String {
    String(decoding: WalkPage(walk).page.bytes, as: UTF8.self)
  }

  @Test(arguments: ScorerKind.allCases, CellKind.allCases)
  func `shows every step and every vector`(_ score: ScorerKind, _ cell: CellKind) throws {
    for feeding in InputFeeding.allCases {
      let file = SmallModel.file(score: score, cell: cell, positions: 2) { model in
        model.recurrentDecoder.feeding = feeding
        model.recurrentEncoder.layers = 2
        model.recurrentDecoder.layers = 2
        model.recurrentEncoder.residual = true
        model.recurrentDecoder.residual = true
        model.recurrentDecoder.output.kind = .deep
        model.attention.coverage = score == .additive
      }
      let walk = try Self.walk(file)
      let (encoder, decoder) = Self.parts(walk)
      let text = Self.text(walk)
      #expect(text.split(separator: "class=\"step\"").count == walk.steps.count + 1)
      for values in walk.embeddings + decoder.steps.flatMap({ [$0.context, $0.deep ?? []] })
        + decoder.steps.flatMap({ $0.layers.flatMap { $0.gates + [$0.state.hidden] } })
        + encoder.layers.joined().flatMap({ $0.steps.flatMap { $0.gates + [$0.state.hidden] } })
      {
        #expect(text.contains("data-values=\"\(Base64.text(values))\""))
      }
      for score in decoder.steps.flatMap({ $0.scores.prefix(decoder.reach ?? .max) })
        + walk.steps.flatMap(\.weights)
      {
        let exact = score.description.replacing("-", with: "−")
        #expect(text.contains("data-exact=\"\(exact)\""))
      }
      for section in ["tokens", "vectors", "encoder", "start", "decoder", "result", "gradients"] {
        #expect(text.contains("<section id=\"\(section)\">"))
        #expect(text.contains("href=\"#\(section)\""))
      }
      #expect(text.contains("has weights for 2 positions") == (score == .location))
      for entry in file.model.layout.entries {
        #expect(text.contains("<code>\(entry.name)</code>"))
      }
      #expect(!text.contains(" style=") && !text.contains(">nan<"))
    }
  }

  @Test func `lets no text become markup`() throws {
    let file = SmallModel.file(text: [Self.hostile, "a b c d"])
    let text = Self.text(try Self.walk(file, Self.hostile, reference: Self.hostile))
    #expect(!text.contains("<script>alert"))
    #expect(
      text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;x&quot; &#39;y&#39; &amp; سلام"))
    #expect(text.split(separator: "<script").count == 3)
    #expect(text.contains("dir=\"auto\""))
  }

  @Test func `says whose loss it is`() throws {
    let file = SmallModel.file()
    let own = Self.text(try Self.walk(file, reference: nil))
    #expect(own.contains("No target was given: the loss is that of the model’s own greedy"))
    #expect(own.contains("the most probable one is taken"))
    #expect(Self.text(try Self.walk(file)).contains("The loss is that of the given target."))
    let forward = Self.text(try Self.walk(file, withGradients: false))
    #expect(!forward.contains("The way back") && !forward.contains("id=\"gradients\""))
  }

  @Test func `stays small for a long sentence of a large model`() throws {
    let words = (0..<60).map { "w\($0)" }
    let file = SmallModel.file(text: [words.joined(separator: " ")], vocabularySize: 80) { model in
      model.embedding = 256
      model.recurrentEncoder.hidden = 256
      model.recurrentDecoder.hidden = 256
    }
    let line = words.prefix(19).joined(separator: " ")
    let page = WalkPage(try Self.walk(file, line, reference: line, withGradients: false)).page
    #expect(page.bytes.count < 2_500_000)
  }

  @Test func `has style and script without an end of their own`() {
    for text in [WalkStyle.text, WalkScript.text, Shades.style, InspectionStyle.text] {
      #expect(!text.description.contains("</") && !text.description.contains("url("))
    }
  }

  @Test(arguments: CellKind.allCases)
  func `has an equation for every parameter`(_ cell: CellKind) {
    for score in ScorerKind.allCases {
      let file = SmallModel.file(score: score, cell: cell) { model in
        model.recurrentDecoder.feeding = .attentional
        model.recurrentDecoder.output.kind = .deep
        model.recurrentEncoder.layerNormalization = true
        model.attention.coverage = score == .additive
      }
      let equations = ParameterEquations(file.model.configuration)
      for entry in file.model.layout.entries {
        #expect(equations.gradient(of: entry.name) != nil, "\(entry.name)")
      }
    }
  }

  @Test func `has an equation for every parameter of a Transformer`() {
    var model = ModelConfiguration()
    var (encoder, decoder) = (TransformerEncoderConfiguration(), TransformerDecoderConfiguration())
    (encoder.positions, decoder.selfAttention) = (.learnt, .ssru)
    (model.encoder, model.decoder) = (.transformer(encoder), .transformer(decoder))
    let equations = ParameterEquations(model)
    let layout = SequenceModel(model, sourceVocabulary: 9, targetVocabulary: 9).layout
    #expect(layout.entries.count > 90)
    for entry in layout.entries {
      #expect(equations.gradient(of: entry.name) != nil, "\(entry.name)")
    }
  }

  /// The equations of the page are those of the first state that the decoder has.
  @Test func `tells where the first state comes from`() {
    func start(
      _ state: KeyPath<RecurrentStartEquations, String>,
      _ change: (inout ModelConfiguration) -> Void
    ) -> String {
      var model = ModelConfiguration()
      change(&model)
      return RecurrentStartEquations(model.recurrentDecoder, in: model)[keyPath: state]
    }
    #expect(start(\.hidden) { _ in } == "s_0 = tanh(W ←h_1 + b)")
    #expect(start(\.hidden) { $0.recurrentDecoder.initialState = .zero } == "s_0 = 0")
    #expect(start(\.cell) { _ in } == "m_0 = 0")
    #expect(start(\.cell) { $0.recurrentEncoder.cell = .lstm } == "m_0 = tanh(W ←m_1 + b)")
    #expect(start(\.cell) { $0.recurrentDecoder.initialState = .mean } == "m_0 = tanh(W h̄ + b)")
    #expect(
      start(\.hidden) { model in
        model.recurrentDecoder.initialState = .top
        model.recurrentDecoder.bridge = false
      } == "s_0 = [→h_S ; ←h_1]")
    #expect(
      start(\.hidden) { model in
        model.recurrentDecoder.initialState = .layerwise
        model.recurrentEncoder.bidirectional = false
      } == "s_0 = tanh(W →h_S + b)")
  }

  // MARK: Text and JSON

  @Test func `is told in 80 columns`() throws {
    let long = String(repeating: "y", count: 60)
    let file = SmallModel.file(text: ["the cat sat \(long) on 漢字 mats"])
    let line = "the cat sat \(long) on 漢字 mats the cat sat on the mats"
    for reference in [nil, line] {
      let walk = try Self.walk(file, line, reference: reference)
      for line in walk.lines { #expect(TextWidth.of(line) <= 80, "\(line)") }
    }
    let lines = try Self.walk(file).lines
    #expect(lines[0].hasPrefix("reads   the "))
    #expect(lines.contains { $0.hasPrefix("step  target  ") && $0.hasSuffix("looks at") })
    #expect(lines.contains { $0.hasPrefix("log p   -") && $0.hasSuffix(" per token") })
    #expect(lines.contains { $0.contains("‖∂x‖") })
    let own = try Self.walk(file, reference: nil, withGradients: false)
    #expect(own.lines.contains { $0.hasPrefix("writes  \(own.text.prefix(5))") })
    #expect(!own.lines.contains { $0.contains("‖∂x‖") })
  }

  @Test func `gives programs every number`() throws {
    let walk = try Self.walk(SmallModel.file(cell: .lstm) { $0.attention.coverage = true })
    let json = try JSON.parse(Array(walk.json.serialized().utf8), file: "walk")
    func floats(_ json: JSON?) -> [Float] {
      (json?.array ?? []).compactMap { $0.double.map { Float($0) } }
    }
    #expect((json["embeddings"]?.array ?? []).map { floats($0) } == walk.embeddings)
    let (_, decoder) = Self.parts(walk)
    let step = try #require(json["steps"]?.array?[1])
    #expect(floats(step["logits"]) == walk.steps[1].logits)
    #expect(floats(step["coverage"]) == decoder.steps[1].coverage)
    #expect(
      floats(step["layers"]?.array?[0]["gates"]?["forget"]) == decoder.steps[1].layers[0].gates[1])
    #expect(
      floats(step["layers"]?.array?[0]["state"]?["c"]) == decoder.steps[1].layers[0].state.cell)
    #expect(json["encoder"]?.array?[0].array?[1]["isBackward"]?.bool == true)
    #expect(json["loss"]?.double == walk.loss && json["isForced"]?.bool == true)
    let gradients = try #require(walk.gradients)
    #expect(
      (json["gradients"]?["scores"]?.array ?? []).map { floats($0) } == decoder.gradients?.scores)
    #expect(
      json["gradients"]?["parameters"]?.array?.map { $0["gradient"]?.double }
        == gradients.parameters.map(\.gradient))
  }

  @Test func `writes null for what is not a number`() throws {
    let file = SmallModel.file()
    let bias = try #require(file.weights[named: "output.bias"])
    bias[0, 0] = .nan
    let walk = try Self.walk(file)
    let json = try JSON.parse(Array(walk.json.serialized().utf8), file: "walk")
    #expect(json["steps"]?.array?[0]["logits"]?.array?[0].isNull == true)
    #expect(!Self.text(walk).isEmpty && !walk.lines.isEmpty)
  }
}
