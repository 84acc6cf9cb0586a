import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanPages
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `The page of a Transformer's walk` {
  private static func walk(
    _ file: ModelFile, _ line: String = "the cat sat", reference: String? = "mat a",
    withGradients: Bool = true
  ) throws -> Walk {
    try Walk(
      line, reference: reference, of: file, withGradients: withGradients,
      kernels: Kernels(threads: 1))
  }

  private static func text(_ walk: Walk) -> String {
    String(decoding: WalkPage(walk).page.bytes, as: UTF8.self)
  }

  private static func parts(_ walk: Walk) -> (TransformerEncoderWalk, TransformerDecoderWalk) {
    switch (walk.encoder, walk.decoder) {
    case (.transformer(let encoder), .transformer(let decoder)): (encoder, decoder)
    default: preconditionFailure("another family")
    }
  }

  /// Every vector of a part.
  private static func vectors(_ part: WalkPart) -> [[Float]] {
    let around =
      (part.normalized ?? []) + part.given + part.outputs
      + (part.renormalized == nil ? [] : part.sums)
    switch part.work {
    case .selfAttention(let heads):
      return around + heads.queries + heads.keys + heads.values + heads.results
        + heads.views.joined().flatMap { [$0.scores, $0.weights] }
    case .cross(let heads):
      return around + heads.queries + heads.keys + heads.values + heads.results
        + heads.views.joined().flatMap { [$0.scores, $0.weights] }
    case .recurrence(let recurrence):
      return around
        + recurrence.steps.flatMap { $0.gates + [$0.state.cell ?? [], $0.state.hidden] }
    case .feedForward(let inner, let activated): return around + inner + activated
    }
  }

  @Test(arguments: NormalizationPlace.allCases, Activation.allCases)
  func `shows every step and every vector`(
    _ place: NormalizationPlace, _ activation: Activation
  ) throws {
    for normalizer in AttentionHeads.Normalizer.allCases {
      let file = SmallModel.combination { encoder, decoder, _ in
        (encoder.normalization, decoder.normalization) = (place, place)
        (encoder.activation, decoder.activation) = (activation, activation)
        (encoder.normalizer, decoder.normalizer) = (normalizer, normalizer)
        encoder.window = 1
        decoder.selfAttention = place == .before ? .attention : .ssru
        decoder.positions = activation == .relu ? .sinusoid : .learnt
      }
      let walk = try Self.walk(file)
      let (encoder, decoder) = Self.parts(walk)
      let text = Self.text(walk)
      #expect(text.split(separator: "class=\"step\"").count == walk.steps.count + 1)
      for input in [encoder.input, decoder.input] {
        for values in input.words + input.scaled + input.positions + input.sums {
          #expect(text.contains("data-values=\"\(Base64.text(values))\""))
        }
      }
      let gradients = try #require(decoder.gradients)
      let back = gradients.cross.joined().joined().flatMap { [$0.scores, $0.weights] }
      for values in (encoder.layers + decoder.layers).joined().flatMap(Self.vectors)
        + encoder.states + decoder.states + gradients.states + back
      {
        #expect(text.contains("data-values=\"\(Base64.text(values))\""))
      }
      for section in ["tokens", "vectors", "encoder", "decoder", "result", "gradients"] {
        #expect(text.contains("<section id=\"\(section)\">"))
        #expect(text.contains("href=\"#\(section)\""))
      }
      #expect(!text.contains("id=\"start\"") && text.contains("up to 1 positions to either side"))
      #expect(text.contains("data-of=\"source\" data-first=\"1\""))
      #expect(text.contains("data-of=\"target\" data-first=\"0\"") == (place == .before))
      for entry in file.model.layout.entries {
        #expect(text.contains("<code>\(entry.name)</code>"))
      }
      #expect(!text.contains(" style=") && !text.contains(">nan<") && !text.contains("is left out"))
    }
  }

  @Test(arguments: ScorerKind.allCases) func `goes with recurrent parts`(_ score: ScorerKind) throws
  {
    let under = SmallModel.combination { _, _, model in
      model.attention.score = score
      model.attention.positions = 4
      model.recurrentDecoder.hidden = 6
      model.recurrentDecoder.initialState = .zero
    }
    let over = SmallModel.combination { _, _, model in model.recurrentEncoder.hidden = 5 }
    let (below, above) = (Self.text(try Self.walk(under)), Self.text(try Self.walk(over)))
    #expect(below.contains("<code>encoder.0.attention</code>") && below.contains("id=\"start\""))
    #expect(
      above.contains("<code>encoder.0.forward</code>") && above.contains("of layer 3 to the source")
    )
  }

  @Test func `writes its equations in the letters of the documentation`() {
    func equations(_ change: (inout TransformerEncoderConfiguration) -> Void)
      -> TransformerStackEquations
    {
      var (encoder, model) = (TransformerEncoderConfiguration(), ModelConfiguration())
      model.embedding = 256
      change(&encoder)
      return TransformerStackEquations(encoder, in: model)
    }
    let before = equations { _ in }
    #expect(before.input == "x ← √D x_i + ρ_i" && before.top == "h_i = LN(x)")
    #expect(before.selfAttention.first == "[q ; k ; v] = W LN(x) + b")
    #expect(before.selfAttention.last == "x ← x + y" && before.weights == "α = softmax(e)")
    #expect(before.activated == "φ(a) = max(a, 0)")
    let after = equations { encoder in
      (encoder.normalization, encoder.activation, encoder.normalizer) = (.after, .gelu, .relu)
      encoder.width = 10
    }
    #expect(after.input == "x ← √D (W x_i + b) + ρ_i" && after.top == "h_i = x")
    #expect(after.cross.first == "q = W_q x + b_q" && after.cross.last == "x ← LN(x + y)")
    #expect(after.weights == "α = max(e, 0) / n" && after.scoreGradient == "∂e = [e > 0] ∂α / n")
    #expect(after.activated == "φ(a) = a Φ(a)")
    #expect(equations { $0.activation = .silu }.activated == "φ(a) = a σ(a)")
    #expect(before.positions[0] == "ρ_{i,2j} = sin((i − 1) / 10000^{2j/D})")
    #expect(equations { $0.positions = .learnt }.positions == ["ρ_i = P[min(i, n) − 1]"])
    var decoder = TransformerDecoderConfiguration()
    decoder.selfAttention = .ssru
    let ssru = TransformerStackEquations(decoder, in: ModelConfiguration())
    #expect(ssru.selfAttention.first == "a = W_ih LN(x) + [0 ; b_ih]")
    #expect(ssru.selfAttention.contains("h_t = max(m_t, 0)"))
  }

  @Test func `stays small for a long sentence of a deep model`() throws {
    let words = (0..<60).map { "w\($0)" }
    let file = SmallModel.combination(text: [words.joined(separator: " ")], vocabularySize: 80) {
      encoder, decoder, model in
      model.embedding = 256
      (encoder.width, encoder.layers, encoder.heads, encoder.inner) = (256, 4, 4, 1024)
      (decoder.width, decoder.layers, decoder.heads, decoder.inner) = (256, 4, 4, 1024)
    }
    let line = words.prefix(19).joined(separator: " ")
    let page = WalkPage(try Self.walk(file, line, reference: line)).page
    #expect(page.bytes.count < 9_000_000, "\(page.bytes.count) bytes")
    let text = String(decoding: page.bytes, as: UTF8.self)
    #expect(text.contains("The inside of layers 2 and 3 is left out, so that the page stays small"))
  }

  // MARK: Text and JSON

  @Test func `is told in 80 columns, with whose weights these are`() throws {
    let lines = try Self.walk(SmallModel.combination()).lines
    for line in lines { #expect(TextWidth.of(line) <= 80, "\(line)") }
    #expect(lines.contains("looks at: the mean of the 2 heads of the top layer"))
    let single = SmallModel.combination { _, decoder, _ in decoder.heads = 1 }
    #expect(try !Self.walk(single).lines.contains { $0.hasPrefix("looks at:") })
  }

  @Test func `gives programs every number`() throws {
    let walk = try Self.walk(SmallModel.combination { encoder, _, _ in encoder.window = 1 })
    let (encoder, decoder) = Self.parts(walk)
    let json = try JSON.parse(Array(walk.json.serialized().utf8), file: "walk")
    func floats(_ json: JSON?) -> [Float] {
      (json?.array ?? []).compactMap { $0.double.map { Float($0) } }
    }
    func rows(_ json: JSON?) -> [[Float]] { (json?.array ?? []).map { floats($0) } }
    #expect(rows(json["embeddings"]) == walk.embeddings && rows(json["states"]) == walk.states)
    let row = try #require(json["encoder"]?.array?[1].array?[0]["rows"]?.array?[2])
    guard case .selfAttention(let heads) = encoder.layers[1][0].work else {
      throw WalkError.noWords
    }
    #expect(floats(row["query"]) == heads.queries[2] && floats(row["key"]) == heads.keys[2])
    #expect(floats(row["value"]) == heads.values[2] && floats(row["result"]) == heads.results[2])
    #expect(floats(row["normalized"]) == encoder.layers[1][0].normalized?[2])
    #expect(floats(row["sum"]) == encoder.layers[1][0].sums[2])
    let view = try #require(row["heads"]?.array?[1])
    #expect(view["seen"]?.array?.compactMap(\.int) == [1, 4])
    #expect(floats(view["scores"]) == heads.views[2][1].scores)
    #expect(floats(view["weights"]) == heads.views[2][1].weights)
    #expect(floats(json["reads"]?.array?[1]["position"]) == encoder.input.positions[1])
    let step = try #require(json["steps"]?.array?[1])
    let parts = try #require(step["layers"]?.array?[2].array)
    #expect(parts.map { $0["name"]?.string } == decoder.layers[2].map(\.name))
    guard case .feedForward(let inner, let activated) = decoder.layers[2][2].work else {
      throw WalkError.noWords
    }
    #expect(floats(parts[2]["inner"]) == inner[1] && floats(parts[2]["activated"]) == activated[1])
    #expect(floats(step["state"]) == decoder.states[1])
    #expect(floats(step["reads"]?["sum"]) == decoder.input.sums[1])
    #expect(step["input"]?["text"]?.string == walk.steps[1].input.text)
    guard case .cross(let cross) = decoder.layers[0][1].work else { throw WalkError.noWords }
    #expect(rows(json["memory"]?.array?[0]["keys"]) == cross.keys)
    let gradients = try #require(decoder.gradients)
    #expect(rows(json["gradients"]?["decoderStates"]) == gradients.states)
    let back = json["gradients"]?["cross"]?.array?[1].array?[2].array?[0]
    #expect(floats(back?["weights"]) == gradients.cross[1][2][0].weights)
    #expect(floats(back?["scores"]) == gradients.cross[1][2][0].scores)
  }
}
