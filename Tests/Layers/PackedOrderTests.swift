import Testing

@testable import DragomanLayers

@Suite struct `Packed order` {
  /// Sentences of 2, 4, 1 and 2 tokens.
  let order = PackedOrder(offsets: [0, 2, 6, 7, 9])

  @Test func `sorts by falling length and keeps ties in order`() {
    #expect(order.sentences == [1, 0, 3, 2])
    #expect(order.starts == [0, 4, 7, 8, 9])
    #expect(order.steps == 4)
    #expect((0..<4).map(order.alive) == [4, 3, 1, 1])
  }

  @Test func `visits every token once in each direction`() {
    #expect(order.forwardRows == [2, 0, 7, 6, 3, 1, 8, 4, 5])
    #expect(order.backwardRows == [5, 1, 8, 6, 4, 0, 7, 3, 2])
    #expect(Set(order.forwardRows).count == 9)
  }

  @Test func `knows where each sentence ends`() {
    #expect(order.lastRows == [5, 8, 3, 6])
  }

  @Test func `a batch of one token is one step`() {
    let order = PackedOrder(offsets: [0, 1])
    #expect(order.steps == 1)
    #expect(order.forwardRows == [0])
    #expect(order.lastRows == [0])
  }
}
