import DragomanTestSupport
import Testing

@testable import DragomanEvaluation

@Suite struct `A confusion matrix` {
  private let matrix = ConfusionMatrix(
    found: ["b", "a", "a", "c", "a", "b", "d"], expected: ["b", "a", "b", "b", "a", "b", "a"])

  @Test func `counts what was found for each class`() {
    #expect(matrix.labels == ["a", "b", "c", "d"])
    #expect(matrix.counts == [[2, 0, 0, 1], [1, 2, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    #expect(matrix.total == 7 && matrix.correct == 4)
  }

  @Test func `tells precision, recall and F1 of each`() {
    let scores = matrix.scores
    #expect(scores.map(\.support) == [3, 4, 0, 0])
    #expect(abs(scores[0].precision - 2 / 3) < 1e-12 && abs(scores[0].recall - 2 / 3) < 1e-12)
    #expect(scores[1].precision == 1 && scores[1].recall == 0.5)
    #expect(scores[2].f1 == 0 && scores[3].recall == 0)
    // F1 of a and b are 2/3 each, those of c and d 0.
    #expect(abs(matrix.macroF1 - 0.3333333333333333) < 1e-12)
    #expect(abs(matrix.accuracy - 4 / 7) < 1e-12)
  }

  @Test func `has Wilson's interval`() {
    // 95 of 100: (0.8882, 0.9785), Newcombe 1998, table of method 3.
    let many = ConfusionMatrix(
      found: (0..<100).map { $0 < 95 ? "a" : "b" }, expected: .init(repeating: "a", count: 100))
    #expect(abs(many.interval.lowerBound - 0.8882) < 1e-4)
    #expect(abs(many.interval.upperBound - 0.9785) < 1e-4)
    let perfect = ConfusionMatrix(found: ["a"], expected: ["a"])
    #expect(perfect.interval.upperBound == 1 && perfect.interval.lowerBound > 0)
  }

  @Test func `of nothing is 0`() {
    let empty = ConfusionMatrix(found: [], expected: [])
    #expect(empty.accuracy == 0 && empty.macroF1 == 0)
  }

  @Test func `has an interval of macro F1`() {
    var random = SplitMix(seed: 1)
    let found = matrix.macroF1Interval(using: &random)
    #expect(found.lowerBound < matrix.macroF1 && found.upperBound > matrix.macroF1)
    #expect(found.lowerBound >= 0 && found.upperBound <= 1)
    // Of 1,000 examples of two equal classes F1 is about normal: ± 1.96 √(0.9 · 0.1 / 1000).
    let labels = (0..<1000).map { $0 % 2 == 0 ? "a" : "b" }
    let many = ConfusionMatrix(
      found: labels.enumerated().map { $0 % 20 < 2 ? "ab".replacing($1, with: "") : $1 },
      expected: labels)
    let interval = many.macroF1Interval(using: &random)
    #expect(abs(many.macroF1 - 0.9) < 1e-12)
    #expect(abs(interval.lowerBound - 0.8814) < 4e-3 && abs(interval.upperBound - 0.9186) < 4e-3)
    let perfect = ConfusionMatrix(found: ["a", "b"], expected: ["a", "b"])
    #expect(perfect.macroF1Interval(using: &random) == 1...1)
    let empty = ConfusionMatrix(found: [], expected: [])
    #expect(empty.macroF1Interval(using: &random) == 0...0)
  }

  @Test func `counts examples of other classes than some`() {
    let unknown = matrix.examples(besides: ["a", "c"])
    #expect(unknown.map(\.label) == ["b"] && unknown.map(\.count) == [4])
    #expect(matrix.examples(besides: ["b", "a"]).isEmpty)
  }
}
