import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

/// What comes back through a Transformer, against differences of the loss.
@Suite struct `The gradients of a Transformer's walk` {
  private static let kernels = Kernels(threads: 1)

  /// A model without kinks, so that differences tell its slopes.
  private static func file(
    _ normalizer: AttentionHeads.Normalizer = .softmax,
    _ change: (inout ModelConfiguration) -> Void = { _ in }
  ) -> ModelFile {
    let file = SmallModel.combination { encoder, decoder, model in
      (encoder.activation, decoder.activation) = (.gelu, .silu)
      decoder.normalizer = normalizer
      change(&model)
    }
    // As they are drawn: steep slopes are not straight lines for a difference.
    file.weights.initialize(seed: 3)
    return file
  }

  private static func walk(_ file: ModelFile) throws -> Walk {
    try Walk("the cat sat", reference: "a mat b", of: file, withGradients: true, kernels: kernels)
  }

  private static func written(_ walk: Walk) throws -> TransformerDecoderWalk {
    switch walk.decoder {
    case .transformer(let decoder): return decoder
    case .recurrent: throw WalkError.noWords
    }
  }

  /// ∂L/∂θ for one number of a parameter, from differences of the loss.
  private static func slope(
    _ walk: Walk, _ file: ModelFile, _ name: String, row: Int = 0, _ column: Int
  ) throws -> Double {
    let weight = try #require(file.weights[named: name])
    let batch = Batch(
      [
        EncodedPair(
          source: walk.source.tokens.map(\.id), target: walk.steps.map(\.output.id))
      ], begin: 1)
    let old = weight[row, column]
    func loss(_ difference: Float) -> Double {
      weight[row, column] = old + difference
      let pass = Pass(weights: file.weights, workspace: Workspace(kernels: kernels))
      return file.model.losses(batch, pass).reduce(0) { $0 + Double($1) }
    }
    let step: Float = 8e-3
    let slope = (loss(step) - loss(-step)) / Double(2 * step)
    weight[row, column] = old
    return slope
  }

  private static func isNear(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) < 1e-3 + 0.02 * abs(b)
  }

  @Test(arguments: [0, 1, 2]) func `of word vectors are differences of the loss`(_ mix: Int) throws
  {
    let file = Self.file { model in
      if mix == 1 { model.recurrentEncoder.hidden = 5 }
      if mix == 2 {
        model.recurrentDecoder.hidden = 8
        model.recurrentDecoder.initialState = .mean
      }
    }
    let walk = try Self.walk(file)
    let gradients = try #require(walk.gradients)
    for (position, token) in walk.source.tokens.enumerated() {
      for unit in [0, 8] {
        let slope = try Self.slope(walk, file, "encoder.embedding", row: Int(token.id), unit)
        let found = Double(gradients.embeddings[position][unit])
        #expect(Self.isNear(slope, found), "\(token.text) \(unit): \(slope), \(found)")
      }
    }
  }

  @Test func `of the encoder's states are differences of the loss`() throws {
    let file = Self.file()
    let walk = try Self.walk(file)
    let gradients = try #require(walk.gradients)
    for unit in walk.states[0].indices {
      let slope = try Self.slope(walk, file, "encoder.norm.bias", unit)
      let found = gradients.states.reduce(0) { $0 + Double($1[unit]) }
      #expect(Self.isNear(slope, found), "\(unit): \(slope), \(found)")
    }
  }

  /// A query's bias moves all scores of its head: ∂b_q = Σ_t Σ_i ∂e_ti k_i / √d_k.
  @Test(arguments: AttentionHeads.Normalizer.allCases)
  func `of scores are differences of the loss`(_ normalizer: AttentionHeads.Normalizer) throws {
    let file = Self.file(normalizer)
    let walk = try Self.walk(file)
    let decoder = try Self.written(walk)
    let gradients = try #require(decoder.gradients)
    for (layer, parts) in decoder.layers.enumerated() {
      guard case .cross(let heads) = parts[1].work else { throw WalkError.noWords }
      let size = heads.keys[0].count / 2
      for unit in heads.keys[0].indices {
        var found = 0.0
        for views in gradients.cross[layer] {
          let view = views[unit / size]
          for (i, score) in zip(view.seen, view.scores) {
            found += Double(score) * Double(heads.keys[i][unit]) / Double(size).squareRoot()
          }
        }
        let slope = try Self.slope(walk, file, "decoder.\(layer).cross.query.bias", unit)
        #expect(Self.isNear(slope, found), "layer \(layer), unit \(unit): \(slope), \(found)")
      }
    }
  }

  @Test(arguments: AttentionHeads.Normalizer.allCases)
  func `satisfy their equations`(_ normalizer: AttentionHeads.Normalizer) throws {
    let file = Self.file(normalizer)
    let walk = try Self.walk(file)
    let decoder = try Self.written(walk)
    let gradients = try #require(decoder.gradients)
    let (output, logits) = (
      try #require(file.weights[named: "output.weight"]), try #require(walk.gradients).logits
    )
    for (t, step) in walk.steps.enumerated() {
      for (id, found) in logits[t].enumerated() {
        let p = step.probability(of: Int32(id)) - (id == Int(step.output.id) ? 1 : 0)
        #expect(abs(p - Double(found)) < 1e-5)
      }
      for unit in 0..<output.columns {
        let sum = (0..<output.rows).reduce(0.0) {
          $0 + Double(logits[t][$1]) * Double(output[$1, unit])
        }
        #expect(abs(sum - Double(gradients.states[t][unit])) < 1e-5)
      }
      for (layer, parts) in decoder.layers.enumerated() {
        guard case .cross(let heads) = parts[1].work else { throw WalkError.noWords }
        for (view, back) in zip(heads.views[t], gradients.cross[layer][t]) {
          #expect(view.seen == back.seen && view.seen == 0..<walk.states.count)
          let mean = zip(view.weights, back.weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
          for i in view.seen {
            let (weight, slope) = (Double(view.weights[i]), Double(back.weights[i]))
            let expected =
              normalizer == .softmax
              ? weight * (slope - mean) : view.scores[i] > 0 ? slope / Double(view.seen.count) : 0
            #expect(abs(expected - Double(back.scores[i])) < 1e-5)
          }
        }
      }
    }
  }

  @Test(arguments: NormalizationPlace.allCases, TiedWeights.allCases)
  func `are those of training`(_ place: NormalizationPlace, _ tied: TiedWeights) throws {
    let file = SmallModel.combination { encoder, decoder, model in
      (encoder.normalization, decoder.normalization) = (place, place)
      (model.embedding, model.tied) = (10, tied)
    }
    let walk = try Self.walk(file)
    let gradients = try #require(walk.gradients)
    let own = Parameters(layout: file.model.layout)
    let batch = Batch(
      [EncodedPair(source: walk.source.tokens.map(\.id), target: walk.steps.map(\.output.id))],
      begin: 1)
    // As the trainer asks: the mean over the tokens of the batch.
    file.model.train(
      batch, scale: 1 / Float(walk.steps.count),
      Pass(weights: file.weights, workspace: Workspace(kernels: Self.kernels)), gradients: own)
    for (entry, found) in zip(file.model.layout.entries, gradients.parameters) {
      let sum = own[entry.handle].elements.reduce(0) { $0 + Double($1) * Double($1) }
      let norm = sum.squareRoot() * Double(walk.steps.count)
      #expect(abs(norm - found.gradient) < 1e-4 * (1 + found.gradient), "\(entry.name)")
      #expect(found.name == entry.name && found.shape == entry.shape)
    }
    #expect(gradients.norm > 0)
  }
}
