import DragomanTranslation
import DragomanDecoding
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanDecoding

@Suite struct `Greedy search behind a screen` {
  static let sources: [[Int32]] = [[3, 4, 5, 6, 2], [7, 2], [8, 9, 3, 3, 3, 4, 2], [5, 6, 2]]

  static func expectSame(
    _ file: ModelFile, sources: [[Int32]] = sources, end: Int32, prefix: [Int32] = [],
    instructions: Kernels.InstructionSet? = nil, _ what: String,
    changing change: (inout DecodingConfiguration) -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var decoding = DecodingConfiguration()
    decoding.maximumLength = 9
    change(&decoding)
    func translate(
      _ kernels: Kernels, withScreen: Bool, withProbabilities: Bool
    ) -> [Hypothesis] {
      let packed = PackedModel(
        file.model, weights: file.weights, kernels, withScreen: withScreen)
      return Search([packed], begin: 1, end: end, decoding).translate(
        sources,
        options: SearchOptions(prefix: prefix, withProbabilities: withProbabilities),
        Workspace(kernels: kernels)
      ).map { $0[0] }
    }
    let expected = translate(Kernels(threads: 1), withScreen: false, withProbabilities: true)
    let sets = instructions.map { [$0] } ?? Kernels.available
    for (set, withScreen) in sets.flatMap({ [($0, true), ($0, false)] }) {
      let kernels = Kernels(threads: 2, instructions: set)
      let found = translate(kernels, withScreen: withScreen, withProbabilities: false)
      #expect(
        found == expected.map(\.withoutProbabilities), "\(what), \(set), \(withScreen)",
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [2, 3, 5, 8, 11] as [Int32])
  func `writes the tokens of the full product`(_ end: Int32) {
    for seed: UInt64 in 1...5 {
      let file = SmallModel.file(seed: seed)
      Self.expectSame(file, end: end, "seed \(seed)")
      Self.expectSame(file, end: end, prefix: [4, 4, 9], "prefix")
      Self.expectSame(file, end: end, "no end at first") { $0.minimumLength = 4 }
      Self.expectSame(file, end: end, "nothing twice") { $0.noRepeat = 1 }
      Self.expectSame(file, end: end, "a beam") { $0.beam = 3 }
      Self.expectSame(file, end: end, "drawn") { $0.search = .sampling }
      Self.expectSame(
        SmallModel.file(seed: seed) { $0.recurrentDecoder.output.kind = .deep }, end: end, "deep")
    }
  }

  /// As many entries as a real vocabulary has, in a model without training: nothing stands out.
  @Test(arguments: [0.3, 2] as [Float]) func `writes the same of a large vocabulary`(_ scale: Float)
  {
    let file = SmallModel.file(
      text: [(0..<3000).map { "w\($0)" }.joined(separator: " ")], vocabularySize: 4000
    ) {
      $0.embedding = 64
      $0.recurrentEncoder.hidden = 32
      $0.recurrentDecoder.hidden = 64
      $0.attention.size = 64
    }
    #expect(file.target.vocabulary.count > 3000)
    Kernels(threads: 1).scale(file.weights.slab, by: scale)
    let sources = (0..<20).map { (row: Int32) -> [Int32] in
      let first = 4 + row * 100
      return [first, first + 7, first + 31, first + 64, 2]
    }
    Self.expectSame(file, sources: sources, end: 2, instructions: Kernels.available.last, "large")
  }

  @Test func `writes the same where the screen cannot tell`() throws {
    for value: Float in [0, 0.5, .nan, .infinity, 1e30] {
      let file = SmallModel.file(
        text: [(0..<900).map { "w\($0)" }.joined(separator: " ")], vocabularySize: 1000)
      let output = try #require(file.weights[named: "output.weight"])
      if value.isFinite, value < 1 {
        Kernels(threads: 1).fill(output, with: value)
      } else {
        output[17, 3] = value
      }
      Self.expectSame(
        file, end: 2, instructions: Kernels.available.last, "weights of \(value)")
    }
  }

  @Test func `gives up a screen that decides less than three rows in four`() {
    var record = ScreenRecord()
    record.add(undecided: 8, of: 8)
    #expect(record.isWorthwhile, "too few to tell")
    record.add(undecided: 2, of: 32)
    #expect(record.isWorthwhile)
    record.add(undecided: 1, of: 1)
    #expect(!record.isWorthwhile)
  }
}
