import DragomanFormats
import DragomanLayers
import DragomanModels
import DragomanPages
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanReporting

@Suite struct `The page of a walk through a classifier` {
  private static func walk(
    _ line: String, _ model: TrainedClassifier, target: String? = nil
  ) throws -> ClassificationWalk {
    try ClassificationWalk(
      line, target: target, of: model, withGradients: true, kernels: Kernels(threads: 1))
  }

  private static func text(_ walk: ClassificationWalk) -> String {
    String(decoding: ClassificationWalkPage(walk).page.bytes, as: UTF8.self)
  }

  /// The walk of the small picture, whose file has a name.
  private static func walk(
    named name: String = "one.png", channels: Int = 3, _ model: TrainedClassifier
  ) throws -> ClassificationWalk {
    let scratch = try TemporaryFolder()
    try SmallClassifier.write(SmallClassifier.image(channels: channels), to: scratch[name])
    return try walk(scratch[name], model)
  }

  private static func expect(
    _ text: String, has vectors: [[Float]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for values in vectors {
      #expect(
        text.contains("data-values=\"\(Base64.text(values))\""), sourceLocation: sourceLocation)
    }
  }

  /// The numbers of a grid, channel after channel.
  private static func numbers(_ grid: WalkGrid) -> [Float] {
    (0..<grid.channels).flatMap { channel in grid.rows.map { $0[channel] } }
  }

  private static func expectEquations(_ walk: ClassificationWalk) throws {
    let equations = ClassificationEquations(walk.configuration)
    for entry in try #require(walk.gradients).parameters {
      #expect(equations.gradient(of: entry.name) != nil, "\(entry.name) has no equation")
    }
  }

  @Test(
    arguments: [EncoderConfiguration.Kind.recurrent, .transformer],
    RowPoolingKind.allCases)
  func `shows every vector of a text`(
    _ kind: EncoderConfiguration.Kind, _ pooling: RowPoolingKind
  ) throws {
    let walk = try Self.walk("the cat sat", SmallClassifier.texts(kind, pooling: pooling))
    let text = Self.text(walk)
    guard case .sequence(let encoder) = walk.encoder else { return }
    let gradients = try #require(walk.gradients)
    Self.expect(
      text,
      has: encoder.embeddings + [walk.pooling.pooled, gradients.pooled] + gradients.states
        + gradients.embeddings)
    for station in ["tokens", "vectors", "encoder", "pooling", "classes", "gradients"] {
      #expect(text.contains("id=\"\(station)\"") && text.contains("href=\"#\(station)\""))
    }
    try Self.expectEquations(walk)
    #expect(walk.json["states"]?.array?.count == 4)
  }

  @Test(arguments: RowPoolingKind.allCases)
  func `shows patches and where heads looked`(_ pooling: RowPoolingKind) throws {
    let walk = try Self.walk(
      SmallClassifier.images(SmallClassifier.vision(), pooling: pooling))
    let text = Self.text(walk)
    guard case .vision(let encoder) = walk.encoder else { return }
    Self.expect(
      text,
      has: encoder.input.sums + encoder.input.scaled + encoder.input.positions
        + encoder.input.words.filter { !$0.isEmpty } + walk.states)
    let first = pooling == .cls ? 1 : 0
    for parts in encoder.layers {
      guard case .selfAttention(let heads) = parts[0].work else { continue }
      let looking = pooling == .cls ? heads.views.prefix(1) : heads.views[...]
      let shown = (0..<3).flatMap { head in
        (first..<walk.states.count).map { source in
          looking.reduce(0) { $0 + $1[head].weights[source] } / Float(looking.count)
        }
      }
      Self.expect(text, has: [shown])
    }
    #expect(text.contains("img-src data:"))
    try Self.expectEquations(walk)
  }

  @Test(arguments: [true, false], [1, 3, 4])
  func `shows every number of every stage`(_ isNormalized: Bool, _ channels: Int) throws {
    let walk = try Self.walk(
      channels: channels,
      SmallClassifier.images(
        SmallClassifier.convolutional(batchNormalization: isNormalized), channels: channels))
    let text = Self.text(walk)
    guard case .convolutional(let encoder) = walk.encoder else { return }
    for stage in encoder.stages {
      var grids = [stage.unit.convolved, stage.output]
      grids += [
        stage.unit.normalized, stage.unit.activated, stage.squeeze?.output, stage.added,
      ].compactMap(\.self)
      for block in stage.attention?.blocks ?? [] {
        let attention = block.attention
        grids += [
          attention.queries, attention.keys, attention.values, attention.result,
          attention.term.output, attention.sum, attention.output.output, block.attended,
          block.inner.output, block.outer.output, block.output,
        ]
        for head in 0..<attention.heads {
          Self.expect(
            text,
            has: [
              attention.views.flatMap { $0[head].weights },
              attention.views.flatMap { $0[head].scores },
            ])
        }
      }
      Self.expect(text, has: grids.map(Self.numbers))
      if let squeeze = stage.squeeze {
        Self.expect(
          text,
          has: [
            squeeze.mean, squeeze.hidden.before, squeeze.hidden.after, squeeze.scores,
            squeeze.factors,
          ])
      }
    }
    try Self.expectEquations(walk)
    #expect(walk.json["stages"]?.array?.count == 5)
    let weights = walk.json["stages"]?.array?[2]["attention"]?["heads"]?.array
    #expect(weights?.count == 48 && weights?[0].array?.count == 2)
  }

  @Test(arguments: ["\"><script>alert(1)<.png", "é\n.png", String(repeating: "long", count: 50)])
  func `lets no name of a file or a class become markup`(_ name: String) throws {
    for encoder in [SmallClassifier.vision(), SmallClassifier.convolutional()] {
      let walk = try Self.walk(named: name, SmallClassifier.images(encoder))
      let text = Self.text(walk)
      #expect(!text.contains("<script>alert") && !text.contains("\"><script"))
      // The page's own scripts, whose digests its policy states.
      #expect(text.components(of: "<script>") == 2)
      #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
      let lines = walk.lines()
      #expect(lines.allSatisfy { !$0.contains("\n") })
      let parsed = try JSON.parse(Array(walk.json.serialized().utf8), file: "walk")
      #expect(parsed["image"]?.string?.hasSuffix(name) == true)
    }
  }

  @Test func `fits a terminal`() throws {
    let text = try Self.walk("the cat sat", SmallClassifier.texts(), target: "left of").lines()
    #expect(
      text[0] == "reads   the 14 · cat 16 · sat 18 · </s> 2" || text[0].hasPrefix("reads   the"))
    #expect(text.contains { $0.hasPrefix("log p") && $0.hasSuffix("of left of, which was given") })
    let image = try Self.walk(SmallClassifier.images(SmallClassifier.convolutional())).lines()
    #expect(image.contains { $0.contains("encoder.stage.1") && $0.contains("channels kept") })
    #expect((text + image).allSatisfy { TextWidth.of($0) <= 100 || $0.hasPrefix("reads") })
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    ranges(of: part).count
  }
}
