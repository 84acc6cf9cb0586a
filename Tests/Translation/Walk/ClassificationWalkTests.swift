import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import Foundation
import Testing

@testable import DragomanTranslation

@Suite struct `A walk through a classifier` {
  private static func walk(
    _ line: String, _ model: TrainedClassifier, target: String? = nil, back: Bool = true
  ) throws -> ClassificationWalk {
    try ClassificationWalk(
      line, target: target, of: model, withGradients: back, kernels: Kernels(threads: 1))
  }

  /// W x + b in double precision, by the names of parameters.
  private static func linear(
    _ name: String, _ x: [Float], _ model: TrainedClassifier
  ) throws -> [Double] {
    let weight = try #require(model.weights[named: "\(name).weight"])
    let bias = model.weights[named: "\(name).bias"]
    return (0..<weight.rows).map { row in
      x.indices.reduce(Double(bias?[0, row] ?? 0)) { $0 + Double(weight[row, $1]) * Double(x[$1]) }
    }
  }

  private static func expect(
    _ found: [Float], _ expected: [Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    let scale = max(1, expected.map(\.magnitude).max() ?? 1)
    for (index, pair) in zip(found, expected).enumerated()
    where !((Double(pair.0) - pair.1).magnitude <= 1e-5 * scale) {
      Issue.record(
        "\(what)[\(index)] is \(pair.0), expected \(pair.1)", sourceLocation: sourceLocation)
      return
    }
  }

  /// From the vectors to the classes, in double precision.
  private static func expectHead(
    _ walk: ClassificationWalk, _ model: TrainedClassifier
  ) throws {
    let states = walk.states.map { $0.map(Double.init) }
    var counts = [Double](repeating: 1 / Double(states.count), count: states.count)
    switch walk.pooling.kind {
    case .mean: break
    case .cls: counts = states.indices.map { $0 == 0 ? 1 : 0 }
    case .attention:
      let query = try #require(model.weights[named: "pooling.query"]).elements
      let scores = states.map { zip($0, query).reduce(0) { $0 + $1.0 * Double($1.1) } }
      expect(try #require(walk.pooling.scores), scores, "e")
      let powers = scores.map { exp($0 - (scores.max() ?? 0)) }
      counts = powers.map { $0 / powers.reduce(0, +) }
      expect(try #require(walk.pooling.weights), counts, "α")
      #expect(walk.seen == walk.pooling.weights)
    }
    let pooled = states[0].indices.map { unit in
      states.indices.reduce(0) { $0 + counts[$1] * states[$1][unit] }
    }
    expect(walk.pooling.pooled, pooled, "u")
    let logits = try linear("head", walk.pooling.pooled, model)
    expect(walk.logits, logits, "ℓ")
    let powers = logits.map { exp($0 - (logits.max() ?? 0)) }
    let shares = powers.map { $0 / powers.reduce(0, +) }
    for label in logits.indices {
      #expect((walk.probability(of: label) - shares[label]).magnitude < 1e-5)
    }
    #expect(walk.best == walk.target || walk.isForced)
    guard let gradients = walk.gradients else { return }
    expect(
      gradients.logits,
      shares.indices.map { shares[$0] - ($0 == walk.target ? 1 : 0) }, "∂ℓ")
    let weight = try #require(model.weights[named: "head.weight"])
    expect(
      gradients.pooled,
      pooled.indices.map { unit in
        logits.indices.reduce(0) {
          $0 + Double(gradients.logits[$1]) * Double(weight[$1, unit])
        }
      }, "∂u")
    #expect(gradients.parameters.allSatisfy { $0.gradient.isFinite && $0.norm.isFinite })
    #expect(gradients.norm > 0)
  }

  @Test(
    arguments: [EncoderConfiguration.Kind.recurrent, .transformer],
    RowPoolingKind.allCases)
  func `of a text says what the classifier says`(
    _ kind: EncoderConfiguration.Kind, _ pooling: RowPoolingKind
  ) throws {
    let model = SmallClassifier.texts(kind, pooling: pooling)
    let walk = try Self.walk("the cat sat", model)
    guard case .text(let text) = walk.example, case .sequence(let encoder) = walk.encoder else {
      Issue.record("no text")
      return
    }
    #expect(text.tokens.map(\.text) == ["the", "cat", "sat", "</s>"])
    #expect(encoder.states == walk.states && encoder.embeddings.count == 4)
    let found = try #require(TextClassifier(model)?.classify(["the cat sat"]).first)
    #expect(found.best == model.labels[walk.best])
    for choice in found.choices {
      let label = try #require(model.labels.firstIndex(of: choice.label))
      #expect((walk.probability(of: label) - Double(choice.probability)).magnitude < 1e-6)
    }
    try Self.expectHead(walk, model)
    #expect(walk.gradients?.embeddings.count == 4)
  }

  @Test(arguments: RowPoolingKind.allCases, NormalizationPlace.allCases)
  func `of an image goes through patches and heads`(
    _ pooling: RowPoolingKind, _ place: NormalizationPlace
  ) throws {
    let scratch = try TemporaryFolder()
    try SmallClassifier.write(SmallClassifier.image(), to: scratch["one.png"])
    let model = SmallClassifier.images(SmallClassifier.vision(place), pooling: pooling)
    let walk = try Self.walk(scratch["one.png"], model)
    guard case .image(let image) = walk.example, case .vision(let encoder) = walk.encoder else {
      Issue.record("no image")
      return
    }
    let first = pooling == .cls ? 1 : 0
    #expect(image.hasClass == (pooling == .cls))
    #expect(image.rowNames.suffix(2) == ["3·3", "3·4"])
    #expect(image.rowNames.count == walk.states.count && walk.states.count == 12 + first)
    #expect(encoder.layers.count == 2)
    // Patch 2·3 is lines 2 and 3, columns 4 and 5.
    let patch = 1 * 4 + 2
    let pixels = [(2, 4), (2, 5), (3, 4), (3, 5)].flatMap { image.numbers.rows[$0.0 * 8 + $0.1] }
    #expect(encoder.input.words[first + patch] == pixels)
    let projected = try Self.linear("encoder.patches", pixels, model)
    Self.expect(encoder.input.scaled[first + patch], projected, "W patch + b")
    let positions = try #require(model.weights[named: "encoder.positions"])
    for row in walk.states.indices {
      #expect(encoder.input.positions[row] == positions.rows(row..<(row + 1)).elements)
      Self.expect(
        encoder.input.sums[row],
        zip(encoder.input.scaled[row], encoder.input.positions[row]).map {
          Double($0) + Double($1)
        },
        "x")
    }
    for parts in encoder.layers {
      guard case .selfAttention(let heads) = parts[0].work else { continue }
      for views in heads.views {
        #expect(views.count == 3)
        for view in views {
          #expect((view.weights.reduce(0, +) - 1).magnitude < 1e-5)
        }
      }
    }
    #expect((walk.seen == nil) == (pooling == .mean))
    try Self.expectHead(walk, model)
    #expect(walk.gradients?.embeddings.count == walk.states.count)
    let found = try #require(
      ImageClassifier(model)?.classify([SmallClassifier.image()]).first)
    #expect(found.classification.best == model.labels[walk.best])
  }

  @Test(arguments: [true, false])
  func `of an image goes through every part of every stage`(_ isNormalized: Bool) throws {
    let scratch = try TemporaryFolder()
    try SmallClassifier.write(SmallClassifier.image(), to: scratch["one.png"])
    let model = SmallClassifier.images(
      SmallClassifier.convolutional(batchNormalization: isNormalized))
    let walk = try Self.walk(scratch["one.png"], model)
    guard case .image(let image) = walk.example, case .convolutional(let encoder) = walk.encoder
    else {
      Issue.record("no image")
      return
    }
    try Self.expectHead(walk, model)
    let stages = encoder.stages
    #expect(stages.count == 5 && stages[4].output.rows == walk.states)
    #expect((stages[0].unit.normalized == nil) != isNormalized)
    try Self.expectConvolution(stages[0], image.numbers, model)
    if let z = stages[0].unit.normalized {
      let (a, name) = (stages[0].unit.convolved.rows, stages[0].name)
      func number(_ part: String, _ channel: Int) throws -> Double {
        Double(try #require(model.weights[named: "\(name).norm.\(part)"])[0, channel])
      }
      for (before, after) in zip(a, z.rows) {
        Self.expect(
          after,
          try before.indices.map { c in
            try number("gain", c) * (Double(before[c]) - number("mean", c))
              / (number("variance", c) + 1e-5).squareRoot() + number("bias", c)
          }, "z")
      }
    }
    let bent = stages[0].unit
    for (before, after) in zip((bent.normalized ?? bent.convolved).rows, bent.output.rows) {
      Self.expect(after, before.map { Double($0) / (1 + exp(-Double($0))) }, "silu")
    }
    try Self.expectSqueeze(stages[1], read: stages[0].output, model)
    for stage in [stages[2], stages[3]] + (isNormalized ? [stages[4]] : []) {
      let attention = try #require(stage.attention)
      for block in attention.blocks { try Self.expectAttention(block, model) }
    }
    let before = try #require(stages[2].attention).output
    for (line, column) in [(0, 0), (2, 3)] {
      let pixels = [(0, 0), (0, 1), (1, 0), (1, 1)].map {
        before.rows[(2 * line + $0.0) * before.width + 2 * column + $0.1]
      }
      let greatest = pixels[0].indices.map { c in pixels.map { $0[c] }.max() ?? 0 }
      #expect(stages[2].output.rows[line * 4 + column] == greatest)
    }
  }

  /// A convolution of 3 × 3 with zeros around the image, in double precision.
  private static func expectConvolution(
    _ stage: ConvolutionalStageWalk, _ x: WalkGrid, _ model: TrainedClassifier
  ) throws {
    let weight = try #require(model.weights[named: "\(stage.name).convolution.weight"])
    let bias = model.weights[named: "\(stage.name).convolution.bias"]
    for (line, column) in [(0, 0), (3, 4), (5, 7)] {
      let expected = (0..<weight.rows).map { output in
        var sum = Double(bias?[0, output] ?? 0)
        for y in -1...1 {
          for x_ in -1...1 {
            guard (0..<x.height).contains(line + y), (0..<x.width).contains(column + x_) else {
              continue
            }
            let pixel = x.rows[(line + y) * x.width + column + x_]
            for c in pixel.indices {
              sum +=
                Double(weight[output, ((y + 1) * 3 + x_ + 1) * x.channels + c]) * Double(pixel[c])
            }
          }
        }
        return sum
      }
      expect(stage.unit.convolved.rows[line * x.width + column], expected, "conv")
    }
  }

  private static func expectSqueeze(
    _ stage: ConvolutionalStageWalk, read: WalkGrid, _ model: TrainedClassifier
  ) throws {
    let (squeeze, y) = (try #require(stage.squeeze), stage.unit.output)
    let mean = (0..<8).map { c in
      y.rows.reduce(0) { $0 + Double($1[c]) } / Double(y.rows.count)
    }
    expect(squeeze.mean, mean, "x̄")
    let hidden = try linear("\(squeeze.name).inner", squeeze.mean, model)
    expect(squeeze.hidden.before, hidden, "W₁ x̄")
    expect(squeeze.hidden.after, hidden.map { max($0, 0) }, "relu")
    let scores = try linear("\(squeeze.name).outer", squeeze.hidden.after, model)
    expect(squeeze.scores, scores, "W₂ …")
    expect(squeeze.factors, scores.map { 1 / (1 + exp(-$0)) }, "g")
    for pixel in [0, 17, 47] {
      let weighed = (0..<8).map { Double(y.rows[pixel][$0]) * Double(squeeze.factors[$0]) }
      expect(squeeze.output.rows[pixel], weighed, "y ⊙ g")
      expect(
        try #require(stage.added).rows[pixel],
        (0..<8).map { weighed[$0] + Double(read.rows[pixel][$0]) }, "y + x")
    }
  }

  private static func expectAttention(
    _ block: WalkAttentionBlock, _ model: TrainedClassifier
  ) throws {
    let attention = block.attention
    let (width, key) = (
      attention.values.channels / attention.heads, attention.keys.channels / attention.heads
    )
    for pixel in [0, attention.views.count - 1] {
      for head in 0..<attention.heads {
        let view = attention.views[pixel][head]
        let scores = attention.keys.rows.map { k in
          (0..<key).reduce(0) {
            $0 + Double(attention.queries.rows[pixel][head * key + $1]) * Double(k[head * key + $1])
          } / Double(key).squareRoot()
        }
        expect(view.scores, scores, "e")
        let powers = scores.map { exp($0 - (scores.max() ?? 0)) }
        let shares = powers.map { $0 / powers.reduce(0, +) }
        expect(view.weights, shares, "α")
        expect(
          Array(attention.result.rows[pixel][(head * width)..<((head + 1) * width)]),
          (0..<width).map { c in
            zip(shares, attention.values.rows).reduce(0) {
              $0 + $1.0 * Double($1.1[head * width + c])
            }
          }, "r")
      }
      expect(
        attention.sum.rows[pixel],
        zip(attention.result.rows[pixel], attention.term.output.rows[pixel]).map {
          Double($0) + Double($1)
        }, "r + pe")
      expect(
        block.output.rows[pixel],
        zip(block.attended.rows[pixel], block.outer.output.rows[pixel]).map {
          Double($0) + Double($1)
        }, "y")
    }
  }

  @Test func `takes the loss of the class that is given`() throws {
    let model = SmallClassifier.texts()
    for label in model.labels {
      let walk = try Self.walk("the cat sat", model, target: label)
      #expect(walk.isForced && model.labels[walk.target] == label)
      #expect((exp(-Double(walk.loss)) - walk.probability(of: walk.target)).magnitude < 1e-6)
      try Self.expectHead(walk, model)
    }
  }

  @Test func `says what is wrong with its input`() throws {
    let model = SmallClassifier.texts()
    func error(_ line: String, target: String? = nil) -> String {
      do {
        _ = try Self.walk(line, model, target: target)
        return "none"
      } catch { return "\(error)" }
    }
    #expect(error(" ") == "the phrase has no words: expected a text with at least one")
    #expect(
      error("cat", target: "abov")
        == "--target is 'abov', but the model has no such class; did you mean 'above'?")
    #expect(
      error("cat", target: "ninety-nine")
        == "--target is 'ninety-nine', but the model has no such class; expected 'above', "
        + "'<script>alert(1)</script>' or 'left of'")
    #expect(
      error(String(repeating: "cat ", count: 300))
        == "the phrase has 301 tokens, its end included; expected at most 200: explain a shorter sentence"
    )
    let images = SmallClassifier.images(SmallClassifier.vision())
    #expect(throws: (any Error).self) { try Self.walk("nowhere.png", images) }
  }
}
