import DragomanDecoding
import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `A walk` {
  private static let kernels = Kernels(threads: 1)

  @Test(arguments: ScorerKind.allCases, CellKind.allCases)
  func `ends where the translator does`(_ score: ScorerKind, _ cell: CellKind) throws {
    for feeding in InputFeeding.allCases {
      let file = SmallModel.file(score: score, cell: cell) {
        $0.recurrentDecoder.feeding = feeding
      }
      let walk = try Walk("the cat sat", of: file, kernels: Self.kernels)
      var decoding = DecodingConfiguration()
      decoding.maximumLength = Walk.longest
      let translator = Translator(file.trained, decoding: decoding, kernels: Self.kernels)
      let translation = translator.translate("the cat sat", TranslationOptions(withAttention: true))
      #expect(walk.text == translation.text && walk.isCutOff == translation.isCutOff)
      #expect(walk.source.tokens.map(\.text) == translation.sourceTokens)
      #expect(walk.steps.map(\.output.text) == translation.targetTokens)
      for (step, found) in zip(walk.steps, translation.logProbabilities) {
        #expect(abs(step.loss + found) < 1e-5)
        // It is greedy, so what it takes is the most probable token but for the begin, which is never written.
        #expect(step.best.first { $0.id != 1 } == step.output && step.rank <= 2)
      }
      #expect(walk.steps.map(\.weights) == translation.attention)
    }
  }

  @Test(arguments: CellKind.allCases)
  func `gives a reference the probability that it has as a score`(_ cell: CellKind) throws {
    let file = SmallModel.file(cell: cell)
    let walk = try Walk("the cat sat", reference: "a b mat", of: file, kernels: Self.kernels)
    let translator = Translator(
      file.trained, decoding: DecodingConfiguration(), kernels: Self.kernels)
    let score = translator.score([SentencePair(source: "the cat sat", target: "a b mat")])[0]
    #expect(walk.steps.map { -$0.loss } == score.logProbabilities)
    #expect(walk.steps.map(\.output.text) == ["a", "b", "mat", "</s>"])
    #expect(walk.steps.map(\.input.text) == ["<s>", "a", "b", "mat"])
    #expect(walk.loss == -score.logProbability)
    #expect(walk.reference?.line == "a b mat" && !walk.isCutOff && walk.gradients == nil)
    for step in walk.steps {
      let sum = step.logits.indices.reduce(0) { $0 + step.probability(of: Int32($1)) }
      #expect(abs(sum - 1) < 1e-5)
      #expect(step.rank == 1 + step.logits.count { $0 > step.logits[Int(step.output.id)] })
    }
  }

  @Test func `can force nothing but the end`() throws {
    let walk = try Walk("a", reference: "", of: SmallModel.file(), kernels: Self.kernels)
    #expect(walk.steps.map(\.output.text) == ["</s>"] && walk.text == "")
  }

  @Test func `is refused where a model gives no numbers`() {
    let file = SmallModel.file()
    Self.kernels.fill(file.weights.slab, with: .nan)
    let error = #expect(throws: WalkError.self) { try Walk("a", of: file, kernels: Self.kernels) }
    #expect(
      error?.description
        == "the model has no most probable token or class, since what it computes is infinite or no number: "
        + "look at its tensors by 'dragoman inspect --tensors'")
  }

  @Test func `tells how the text became tokens`() throws {
    let walk = try Walk("  the \t cat", of: SmallModel.file(), kernels: Self.kernels)
    #expect(walk.source.line == "  the \t cat" && walk.source.normalized == "the cat")
    #expect(walk.source.tokens.map(\.text) == ["the", "cat", "</s>"])
  }

  @Test func `refuses what has no words, and what is too long`() {
    let file = SmallModel.file()
    func error(_ line: String, _ reference: String? = nil) -> String? {
      do {
        _ = try Walk(line, reference: reference, of: file, kernels: Self.kernels)
        return nil
      } catch { return error.description }
    }
    let long = Array(repeating: "a", count: 200).joined(separator: " ")
    #expect(error(" \t") == "the phrase has no words: expected a text with at least one")
    #expect(
      error(long)
        == "the phrase has 201 tokens, its end included; expected at most 200: explain a shorter sentence"
    )
    #expect(
      error("a", long)
        == "the target has 201 tokens, its end included; expected at most 200: explain a shorter sentence"
    )
    #expect(error(String(long.dropLast(2)), "a") == nil)
  }
}

@Suite struct `The gradients of a walk` {
  private static let kernels = Kernels(threads: 1)
  private static let line = "the cat sat"

  private static func walk(_ file: ModelFile) throws -> (Walk, WalkGradients) {
    let walk = try Walk(
      line, reference: "a mat b", of: file, withGradients: true, kernels: kernels)
    return (walk, try #require(walk.gradients))
  }

  /// What the family of a recurrent model holds.
  private static func parts(_ walk: Walk) -> (RecurrentEncoderWalk, RecurrentDecoderWalk) {
    switch (walk.encoder, walk.decoder) {
    case (.recurrent(let encoder), .recurrent(let decoder)): (encoder, decoder)
    default: preconditionFailure("another family")
    }
  }

  private static func batch(_ walk: Walk) -> Batch {
    Batch(
      [
        EncodedPair(
          source: walk.source.tokens.map(\.id), target: walk.steps.map(\.output.id))
      ], begin: 1)
  }

  private static func loss(_ walk: Walk, _ file: ModelFile) -> Double {
    let pass = Pass(weights: file.weights, workspace: Workspace(kernels: kernels))
    return file.model.losses(batch(walk), pass).reduce(0) { $0 + Double($1) }
  }

  @Test(arguments: ScorerKind.allCases, InputFeeding.allCases)
  func `are differences of the loss`(_ score: ScorerKind, _ feeding: InputFeeding) throws {
    for cell in CellKind.allCases {
      let file = SmallModel.file(score: score, cell: cell) { model in
        model.recurrentDecoder.feeding = feeding
        model.recurrentEncoder.layers = 2
        model.recurrentEncoder.residual = true
      }
      let (walk, gradients) = try Self.walk(file)
      let table = try #require(file.weights[named: "encoder.embedding"])
      for (position, token) in walk.source.tokens.enumerated() {
        for unit in [0, table.columns - 1] {
          let row = Int(token.id)
          let old = table[row, unit]
          func loss(at difference: Float) -> Double {
            table[row, unit] = old + difference
            return Self.loss(walk, file)
          }
          let step: Float = 4e-3
          let (below, here, above) = (loss(at: -step), loss(at: 0), loss(at: step))
          table[row, unit] = old
          let found = Double(gradients.embeddings[position][unit])
          // An SSRU has kinks: the slope is that of one side, or lies between.
          let sides = [(here - below) / Double(step), (above - here) / Double(step)].sorted()
          let slope =
            cell == .ssru
            ? min(max(found, sides[0]), sides[1]) : (above - below) / Double(2 * step)
          #expect(
            abs(slope - found) < 2e-3 + 0.02 * abs(found),
            "\(cell) \(token.text) \(unit): \(slope), \(sides), \(found)")
        }
      }
    }
  }

  @Test(arguments: ModelVariant.allCases)
  func `are those of training`(_ variant: ModelVariant) throws {
    let file = SmallModel.file { variant.apply(to: &$0) }
    let (walk, gradients) = try Self.walk(file)
    let pass = Pass(weights: file.weights, workspace: Workspace(kernels: Self.kernels))
    let own = Parameters(layout: file.model.layout)
    let count = Float(walk.steps.count)
    // As the trainer asks: the mean over the tokens of the batch; what a doubly stochastic term adds is not a part of a
    // walk, which is about the loss.
    var configuration = file.model.configuration
    configuration.attention.doublyStochastic = 0
    let model = SequenceModel(
      configuration, sourceVocabulary: file.model.sourceVocabulary,
      targetVocabulary: file.model.targetVocabulary)
    model.train(Self.batch(walk), scale: 1 / count, pass, gradients: own)
    #expect(gradients.parameters.map(\.name) == file.model.layout.entries.map(\.name))
    for (entry, found) in zip(file.model.layout.entries, gradients.parameters) {
      let sum = own[entry.handle].elements.reduce(0) { $0 + Double($1) * Double($1) }
      #expect(abs(sum.squareRoot() * Double(count) - found.gradient) < 1e-4 * (1 + found.gradient))
      #expect(found.shape == entry.shape)
      let weights = file.weights[entry.handle].elements.reduce(0) { $0 + Double($1) * Double($1) }
      #expect(found.norm == weights.squareRoot())
    }
    #expect(gradients.norm > 0)
  }

  @Test(arguments: ScorerKind.allCases, InputFeeding.allCases)
  func `satisfy their equations`(_ score: ScorerKind, _ feeding: InputFeeding) throws {
    for hasCoverage in score == .additive ? [false, true] : [false] {
      let file = SmallModel.file(score: score) { model in
        model.recurrentDecoder.feeding = feeding
        model.recurrentDecoder.initialState = .zero
        model.attention.coverage = hasCoverage
      }
      let (walk, gradients) = try Self.walk(file)
      let (encoder, decoder) = Self.parts(walk)
      let (read, written) = (
        try #require(encoder.gradients), try #require(decoder.gradients)
      )
      func dot(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      func isNear(_ a: Double, _ b: Float) -> Bool { abs(a - Double(b)) < 1e-4 }
      for (t, step) in walk.steps.enumerated() {
        for (id, found) in gradients.logits[t].enumerated() {
          let p = step.probability(of: Int32(id))
          #expect(isNear(p - (id == Int(step.output.id) ? 1 : 0), found))
        }
        // Later coverages add to all but the last step's.
        if !hasCoverage || t == walk.steps.count - 1 {
          for (state, found) in zip(walk.states, written.weights[t]) {
            #expect(isNear(dot(written.contexts[t], state), found))
          }
        }
        let mean = dot(step.weights, written.weights[t])
        for i in step.weights.indices {
          let slope = Double(written.weights[t][i]) - mean
          #expect(isNear(Double(step.weights[i]) * slope, written.scores[t][i]))
        }
      }
      // Nothing comes after the last step.
      let last = walk.steps.count - 1
      let weight = try #require(file.weights[named: "output.weight"])
      if feeding != .attentional {
        let hidden = decoder.steps[0].state.count
        for unit in decoder.steps[0].context.indices {
          let sum = (0..<weight.rows).reduce(0.0) {
            $0 + Double(gradients.logits[last][$1]) * Double(weight[$1, hidden + unit])
          }
          #expect(isNear(sum, written.contexts[last][unit]))
        }
        if score == .dot {
          for unit in 0..<hidden {
            let output = (0..<weight.rows).reduce(0.0) {
              $0 + Double(gradients.logits[last][$1]) * Double(weight[$1, unit])
            }
            let attention = walk.states.indices.reduce(0.0) {
              $0 + Double(written.scores[last][$1]) * Double(walk.states[$1][unit])
            }
            #expect(isNear(output + attention, written.layers[0][last][unit]))
          }
        }
      }
      // A direction's last step has no step after it, and the decoder starts from zero.
      let (end, size) = (walk.states.count - 1, walk.configuration.recurrentEncoder.hidden)
      #expect(read[0][0][end] == Array(gradients.states[end].prefix(size)))
      #expect(read[0][1][0] == Array(gradients.states[0].suffix(size)))
    }
  }

  @Test func `are those of its own translation if none is given`() throws {
    let file = SmallModel.file()
    let walk = try Walk(Self.line, of: file, withGradients: true, kernels: Self.kernels)
    #expect(walk.gradients?.logits.count == walk.steps.count)
  }

  @Test func `cost a pass nothing that has no recorder`() throws {
    let pass = Pass(
      weights: SmallModel.file().weights, workspace: Workspace(kernels: Self.kernels))
    #expect(pass.recorder == nil)
    let recorder = Recorder()
    #expect(recorder[.scores].isEmpty)
    recorder.add(.scores, Matrix(rows: 2, columns: 2, [1, 2, 3, 4]))
    recorder.add(.scores, Matrix(rows: 1, columns: 2, [5, 6]))
    #expect(recorder[.scores] == [[1, 2], [3, 4], [5, 6]])
  }
}
