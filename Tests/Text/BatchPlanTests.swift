import DragomanTestSupport
import Testing

@testable import DragomanText

@Suite struct `A batch plan` {
  /// Lengths as real text has them: targets of 2 to 40 tokens, sources near them.
  private func lengths(_ count: Int, seed: UInt64 = 1) -> (source: [Int], target: [Int]) {
    var random = SplitMix(seed: seed)
    let target = (0..<count).map { _ in
      2 + Int.random(in: 0...19, using: &random) + Int.random(in: 0...19, using: &random)
    }
    return (target.map { max(2, $0 + Int.random(in: -3...3, using: &random)) }, target)
  }

  private func plan(_ count: Int, tokens: Int, seed: UInt64) -> BatchPlan {
    let (source, target) = lengths(count)
    var random = SplitMix(seed: seed)
    return BatchPlan(
      lengths: BatchLengths(source: source, target: target), batchTokens: tokens, using: &random)
  }

  @Test(arguments: [0, 1, 2, 17, 1000, 5003]) func `holds every pair once`(count: Int) {
    let plan = plan(count, tokens: 200, seed: 9)
    let all = (0..<plan.count).flatMap { Array(plan.indices(at: $0)) }
    #expect(all.sorted() == Array(0..<Int32(count)))
  }

  @Test func `keeps to the budget and fills it`() {
    let (_, target) = lengths(5000)
    let plan = plan(5000, tokens: 300, seed: 9)
    let tokens = (0..<plan.count).map { batch in
      plan.indices(at: batch).reduce(0) { $0 + target[Int($1)] }
    }
    #expect(tokens.allSatisfy { $0 <= 300 })
    // A batch ends only where the next pair does not fit, and no pair here has more than 40 tokens.
    #expect(tokens.count { $0 <= 260 } <= 1)
  }

  @Test func `gives a pair above the budget a batch of its own`() {
    let plan = BatchPlan(
      lengths: BatchLengths(source: [3, 3, 3, 3], target: [2, 99, 100, 2]), batchTokens: 10)
    let batches = (0..<plan.count).map { Array(plan.indices(at: $0)) }
    #expect(batches == [[0, 3], [1], [2]])
  }

  @Test func `is the same for the same seed and another for another`() {
    #expect(plan(3000, tokens: 200, seed: 4) == plan(3000, tokens: 200, seed: 4))
    #expect(plan(3000, tokens: 200, seed: 4) != plan(3000, tokens: 200, seed: 5))
  }

  @Test func `puts like lengths together, but not the same pairs every time`() {
    let (_, target) = lengths(5000)
    let plans = [plan(5000, tokens: 300, seed: 1), plan(5000, tokens: 300, seed: 2)]
    // Of 39 lengths, a batch without order would span more than 30.
    let spans = (0..<plans[0].count).map { batch in
      let found = plans[0].indices(at: batch).map { target[Int($0)] }
      return (found.max() ?? 0) - (found.min() ?? 0)
    }
    #expect(Double(spans.reduce(0, +)) / Double(spans.count) < 4)
    #expect(spans.max() ?? 0 < 20, "a batch across two pools")

    let partners = plans.map { plan in
      Set(
        (0..<plan.count).flatMap { batch in
          zip(plan.indices(at: batch), plan.indices(at: batch).dropFirst()).map { pair in
            UInt64(min(pair.0, pair.1)) << 32 | UInt64(max(pair.0, pair.1))
          }
        })
    }
    #expect(partners[0].intersection(partners[1]).count < 500)
  }

  @Test func `without chance goes from short to long and keeps the order of equals`() {
    let plan = BatchPlan(
      lengths: BatchLengths(source: [5, 2, 4, 5, 1], target: [3, 3, 2, 3, 9]), batchTokens: 100)
    #expect(plan.count == 1)
    #expect(Array(plan.indices(at: 0)) == [2, 1, 0, 3, 4])
  }
}

@Suite struct `A batch` {
  @Test func `holds sentences end to end`() {
    let corpus = EncodedCorpus([
      EncodedPair(source: [5, 2], target: [7, 8, 2]), EncodedPair(source: [2], target: [2]),
      EncodedPair(source: [6, 9, 2], target: [4, 2]),
    ])
    let batch = Batch([2, 0] as [Int32], of: corpus)
    #expect(batch.sourceIDs == [6, 9, 2, 5, 2])
    #expect(batch.sourceOffsets == [0, 3, 5])
    #expect(batch.targetIDs == [4, 2, 7, 8, 2])
    #expect(batch.targetOffsets == [0, 2, 5])
    #expect(batch.indices == [2, 0])
    #expect(Array(batch.source(at: 1)) == [5, 2])
    #expect(Array(batch.target(at: 0)) == [4, 2])
  }

  @Test func `of sources alone has empty targets`() {
    let batch = Batch([[4, 2], [2]].map { EncodedPair(source: $0, target: []) })
    #expect(batch.targetOffsets == [0, 0, 0])
    #expect(batch.count == 2)
  }
}
