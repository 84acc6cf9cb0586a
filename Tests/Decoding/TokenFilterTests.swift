import DragomanTensor
import Testing

@testable import DragomanDecoding

/// Which tokens may come next.
@Suite struct `A filter of tokens` {
  private let filter = TokenFilter(end: 2, noRepeat: 2, forbidden: [1])

  /// The tokens that a row of equal scores keeps, of five.
  private func kept(after tokens: [Int32], minimum: Int) -> [Int] {
    let scores = Matrix(rows: 1, columns: 5)
    for token in 0..<5 { scores[0, token] = -1 }
    filter.apply(to: scores, row: 0, after: tokens, minimum: minimum)
    return (0..<5).filter { scores[0, $0] == -1 }
  }

  @Test func `lets a sentence end at its least length, and no token earlier or later`() {
    #expect(kept(after: [3], minimum: 2) == [0, 1, 3, 4])
    #expect(kept(after: [3, 4], minimum: 2) == [0, 1, 2, 3, 4])
  }

  @Test func `lets no pair of tokens come twice`() {
    #expect(kept(after: [3, 4, 3], minimum: 0) == [0, 1, 2, 3])
    #expect(kept(after: [3, 4, 3, 0, 3], minimum: 0) == [1, 2, 3])
    #expect(kept(after: [3], minimum: 0) == [0, 1, 2, 3, 4])
  }
}
