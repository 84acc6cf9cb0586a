import DragomanSystem
import DragomanDecoding
import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanDecoding

@Suite struct `A search` {
  static let sources: [[Int32]] = [[3, 4, 5, 6, 2], [7, 2], [8, 9, 3, 3, 3, 4, 2], [5, 6, 2]]

  static func decoding(_ change: (inout DecodingConfiguration) -> Void) -> DecodingConfiguration {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 9
    change(&decoding)
    return decoding
  }

  static func model(
    _ cell: CellKind = .gru, seed: UInt64 = 5, threads: Int = 1,
    instructions: Kernels.InstructionSet? = nil
  ) -> (PackedModel, Kernels) {
    let kernels = Kernels(threads: threads, instructions: instructions)
    let file = SmallModel.file(cell: cell, seed: seed)
    return (PackedModel(file.model, weights: file.weights, kernels), kernels)
  }

  /// Translates the sources side by side.
  static func translate(
    _ decoding: DecodingConfiguration, end: Int32, count: Int = 1, prefix: [Int32] = [],
    withAttention: Bool = false, _ model: (PackedModel, Kernels) = Self.model(),
    _ sources: [[Int32]] = sources
  ) -> [[Hypothesis]] {
    Search([model.0], begin: 1, end: end, decoding).translate(
      sources,
      options: SearchOptions(prefix: prefix, count: count, withAttention: withAttention),
      Workspace(kernels: model.1))
  }

  /// Every token ends sentences in turn, so that hypotheses end early, late and never.
  static let ends: [Int32] = [2, 3, 5, 8, 11]

  @Test(arguments: [1, 2, 3, 5], LengthNormalizationKind.allCases)
  func `finds what a plain beam search finds`(_ beam: Int, _ kind: LengthNormalizationKind) {
    for (cell, penalty) in [(CellKind.gru, 0.0), (.lstm, 0.3)] {
      let decoding = Self.decoding {
        $0.beam = beam
        $0.lengthNormalization = kind
        $0.coveragePenalty = penalty
      }
      let model = Self.model(cell)
      for end in Self.ends {
        let plain = PlainBeamSearch(model: model.0, begin: 1, end: end, decoding: decoding)
        let expected = Self.sources.map { plain.translate($0) }
        for count in Set([1, beam]) {
          let found = Self.translate(decoding, end: end, count: count, model)
          #expect(
            found.map { $0.map(\.tokens) } == expected.map { $0.prefix(count).map { $0.tokens } })
          #expect(
            found.map { $0.map(\.score) } == expected.map { $0.prefix(count).map { $0.score } })
        }
      }
    }
  }

  @Test(arguments: [0.001, 0.5, 3]) func `drops what is far behind`(_ threshold: Double) {
    let decoding = Self.decoding {
      $0.beam = 5
      $0.beamThreshold = threshold
    }
    let model = Self.model()
    for end in Self.ends {
      let plain = PlainBeamSearch(model: model.0, begin: 1, end: end, decoding: decoding)
      let found = Self.translate(decoding, end: end, model)
      #expect(found.map { $0[0].tokens } == Self.sources.map { plain.translate($0)[0].tokens })
    }
  }

  @Test func `ends some of these sentences early and others never`() {
    let found = Self.ends.flatMap { end in
      Self.translate(Self.decoding { $0.beam = 3 }, end: end, count: 3).flatMap(\.self)
    }
    #expect(found.contains { $0.isFinished && $0.tokens.count < 5 })
    #expect(found.contains { !$0.isFinished && $0.tokens.count == 9 })
  }

  @Test(arguments: [SearchKind.beam, .sampling])
  func `writes the same in any batch, on any threads and instruction set`(_ search: SearchKind) {
    let decoding = Self.decoding {
      $0.search = search
      $0.beam = search == .beam ? 4 : 1
      $0.coveragePenalty = 0.2
      $0.noRepeat = 2
      $0.temperature = 1.3
    }
    for end in Self.ends {
      let expected = Self.translate(decoding, end: end, count: 3, withAttention: true)
      let alone = Self.sources.map {
        Self.translate(decoding, end: end, count: 3, withAttention: true, Self.model(), [$0])[0]
      }
      #expect(alone == expected)
      let threaded = Self.model(threads: 3)
      #expect(
        Self.translate(decoding, end: end, count: 3, withAttention: true, threaded) == expected)
      for instructions in Kernels.available {
        let model = Self.model(instructions: instructions)
        #expect(
          Self.translate(decoding, end: end, count: 3, withAttention: true, model) == expected)
      }
    }
  }

  @Test func `keeps to the lengths`() {
    let decoding = Self.decoding {
      $0.beam = 3
      $0.minimumLength = 3
      $0.minimumRatio = 1
      $0.maximumRatio = 1.5
    }
    for end in Self.ends {
      for (source, found) in zip(Self.sources, Self.translate(decoding, end: end, count: 3)) {
        let words = Double(source.count - 1)
        let maximum = min(9, max(Int((1.5 * words).rounded(.up)), 1))
        for hypothesis in found {
          #expect(hypothesis.tokens.count <= maximum)
          if hypothesis.isFinished {
            #expect(hypothesis.tokens.count > min(max(3, Int(words)), maximum - 1))
          }
        }
      }
    }
  }

  /// Two logits so close that their log-probabilities are one number: what a rule does in another row must not matter.
  @Test func `compares a row the same whether tokens are forbidden in it or beside it`() {
    let kernels = Kernels(threads: 1)
    let row: [Float] = [-2, 0.1, Float(0.1).nextUp, 3 - 2.95, -1]
    func scores() -> StepScores {
      StepScores(matrix: Matrix(rows: 2, columns: 5, row + row), areLogProbabilities: false)
    }
    let plain = scores().top(5, kernels)
    #expect(plain.columns.prefix(3) == [2, 1, 3] && plain.scores[0] == plain.scores[1])
    var other = scores()
    other.keepNormalizers(kernels)
    other.matrix[1, 1] = -.infinity
    let found = other.top(5, kernels)
    #expect(found.columns.prefix(5) == plain.columns.prefix(5))
    #expect(found.scores.prefix(5) == plain.scores.prefix(5))
    #expect(found.columns.suffix(5) == [2, 3, 4, 0, -1])
    #expect(found.scores[5] == plain.scores[0] && found.scores[6] == plain.scores[2])
  }

  @Test(arguments: [1, 2, 3]) func `repeats no n-gram`(_ n: Int) {
    var didRepeat = false
    for end in Self.ends {
      func repeats(_ decoding: DecodingConfiguration) -> Bool {
        Self.translate(decoding, end: end, count: 2).contains {
          $0.contains { hypothesis in
            let words = hypothesis.tokens.filter { $0 != end }
            let grams = words.indices.dropLast(n - 1).map { Array(words[$0..<($0 + n)]) }
            return Set(grams).count < grams.count
          }
        }
      }
      didRepeat = didRepeat || repeats(Self.decoding { $0.beam = 2 })
      #expect(
        !repeats(
          Self.decoding {
            $0.beam = 2
            $0.noRepeat = n
          }))
    }
    #expect(didRepeat)
  }

  @Test func `begins with a prefix, and goes on as if it had chosen that itself`() {
    let greedy = Self.decoding { _ in }
    for source in Self.sources {
      let best = Self.translate(greedy, end: 5, Self.model(), [source])[0][0]
      for count in 1..<max(best.tokens.count, 2) {
        let forced = Self.translate(
          greedy, end: 5, prefix: Array(best.tokens.prefix(count)), Self.model(), [source])[0][0]
        #expect(forced.tokens == best.tokens && forced.logProbabilities == best.logProbabilities)
      }
    }
    let decoding = Self.decoding { $0.beam = 3 }
    let odd: [Int32] = [9, 9, 9, 9]
    for found in Self.translate(decoding, end: 5, count: 3, prefix: odd).flatMap(\.self) {
      #expect(found.tokens.starts(with: odd) && found.tokens.count > 4)
      #expect(found.logProbabilities.count == found.tokens.count && found.score.isFinite)
    }
  }

  @Test func `cuts a prefix longer than the limit after its next token`() {
    let prefix = [Int32](repeating: 4, count: 12)
    let found = Self.translate(Self.decoding { _ in }, end: 5, prefix: prefix)
    #expect(found.allSatisfy { $0[0].tokens.count == 13 && $0[0].tokens.starts(with: prefix) })
  }

  @Test func `gives different translations, the best first`() {
    for end in Self.ends {
      for found in Self.translate(Self.decoding { $0.beam = 5 }, end: end, count: 5) {
        #expect(found.count == 5 && Set(found.map(\.tokens)).count == 5)
        let finished = found.filter(\.isFinished).map(\.score)
        #expect(finished == finished.sorted(by: >))
      }
    }
  }

  @Test func `of a model without numbers ends, and says that it is cut off`() {
    let file = SmallModel.file()
    let kernels = Kernels(threads: 1)
    kernels.fill(file.weights.slab, with: .nan)
    let packed = PackedModel(file.model, weights: file.weights, kernels)
    for search in SearchKind.allCases {
      let found = Self.translate(
        Self.decoding { $0.search = search }, end: 2, (packed, kernels))
      #expect(found.count == 4 && found.allSatisfy { !$0[0].isFinished && $0[0].tokens.isEmpty })
    }
  }
}

@Suite struct `An ensemble` {
  private func search(
    _ seeds: [UInt64], _ kernels: Kernels, _ decoding: DecodingConfiguration
  ) -> Search {
    let models = seeds.map { seed in
      let file = SmallModel.file(seed: seed)
      return PackedModel(file.model, weights: file.weights, kernels)
    }
    return Search(models, begin: 1, end: 2, decoding)
  }

  @Test func `gives a token the mean of its probabilities`() {
    let kernels = Kernels(threads: 1)
    let decoding = `A search`.decoding { $0.beam = 2 }
    let prefix: [Int32] = [4, 7, 3]
    func first(_ seeds: [UInt64]) -> [[Double]] {
      search(seeds, kernels, decoding)
        .translate(
          `A search`.sources, options: SearchOptions(prefix: prefix), Workspace(kernels: kernels)
        )
        .map { $0[0].logProbabilities.prefix(3).map { exponential(Double($0)) } }
    }
    let (a, b, both) = (first([5]), first([6]), first([5, 6]))
    for sentence in a.indices {
      for token in 0..<3 {
        #expect(abs(both[sentence][token] - (a[sentence][token] + b[sentence][token]) / 2) < 1e-5)
      }
    }
  }

  @Test func `of one model twice writes what the model writes`() {
    let kernels = Kernels(threads: 1)
    let decoding = `A search`.decoding { $0.beam = 3 }
    func tokens(_ seeds: [UInt64]) -> [[Int32]] {
      search(seeds, kernels, decoding)
        .translate(`A search`.sources, Workspace(kernels: kernels)).map { $0[0].tokens }
    }
    #expect(tokens([5, 5]) == tokens([5]))
    #expect(tokens([5, 6]) == tokens([6, 5]))
  }

  @Test(arguments: [1, 3]) func `writes the same in any batch and on any threads`(beam: Int) {
    let decoding = `A search`.decoding { $0.beam = beam }
    func found(_ sources: [[Int32]], threads: Int) -> [Hypothesis] {
      let kernels = Kernels(threads: threads)
      return search([5, 6, 7], kernels, decoding)
        .translate(sources, Workspace(kernels: kernels)).map { $0[0] }
    }
    let together = found(`A search`.sources, threads: 1)
    for other in [
      `A search`.sources.flatMap { found([$0], threads: 1) }, found(`A search`.sources, threads: 3),
    ] {
      #expect(other.map(\.tokens) == together.map(\.tokens))
      #expect(other.map(\.logProbabilities) == together.map(\.logProbabilities))
    }
  }
}
