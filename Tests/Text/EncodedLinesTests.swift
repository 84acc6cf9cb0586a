import Testing

@testable import DragomanText

@Suite struct `Encoded lines` {
  /// Numbers of two bytes, at their limit, and of four.
  static let small: [[Int32]] = [[0, 1, 65_535], [], [7]]
  static let large: [[Int32]] = [[65_536], [3, .max, 65_535]]

  private func lines(_ rows: [[Int32]]) -> EncodedLines {
    rows.reduce(into: EncodedLines()) { $0.append($1) }
  }

  @Test(arguments: [small, large, small + large, large + small, []])
  func `give back every number`(rows: [[Int32]]) {
    let lines = lines(rows)
    #expect(Array(lines) == rows)
    #expect(lines.tokenCount == rows.joined().count)
    #expect((0..<rows.count).map { lines.length(at: $0) } == rows.map(\.count))
    var ids: [Int32] = []
    lines.appendIDs(0..<lines.tokenCount, to: &ids)
    #expect(ids == Array(rows.joined()))
  }

  @Test(arguments: [small, large, []], [small, large, []])
  func `join lines of either width`(first: [[Int32]], second: [[Int32]]) {
    var joined = lines(first)
    joined.append(contentsOf: lines(second))
    #expect(Array(joined) == first + second)
    #expect(joined == lines(first + second))
    joined.reserve(times: 3)
    #expect(Array(joined) == first + second)
  }
}
