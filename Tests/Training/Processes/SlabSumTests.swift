import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTraining

@Suite struct `The sum of slabs` {
  /// Numbers of very different sizes, whose sum depends on the order.
  private static func slab(_ rank: Int, _ count: Int) -> [Float] {
    (0..<count).map { index in
      let size = Float(1 << ((index * 7 + rank * 5) % 20))
      return (Float((index * 31 + rank * 17) % 101) - 50) / 7 * size
    }
  }

  /// 600,000 numbers are more than two buckets.
  @Test(arguments: [1, 2, 4, 8], [1, 3, 17, 600_001])
  func `is that of a balanced tree, in all processes`(_ size: Int, _ count: Int) throws {
    let found = try ThreadGroup.run(size) { processes in
      let slab = Matrix(rows: 1, columns: count, Self.slab(processes.rank, count))
      try SlabSum(processes).sum(slab, Kernels(threads: 1))
      return slab.elements
    }
    let expected = PieceTree.sum((0..<size).map { Self.slab($0, count) }[...]) { left, right in
      zip(left, right).map { $0 + $1 }
    }
    for rank in 0..<size { #expect(found[rank] == expected, "process \(rank)") }
    // Left to right gives other roundings, or else this would show nothing.
    if size > 2, count > 100 {
      let chain = (1..<size).reduce(Self.slab(0, count)) { sum, rank in
        zip(sum, Self.slab(rank, count)).map { $0 + $1 }
      }
      #expect(chain != expected)
    }
  }

  @Test(arguments: [1, 2, 3, 5, 8])
  func `spreads the slab of the first process`(_ size: Int) throws {
    let found = try ThreadGroup.run(size) { processes in
      let slab = Matrix(rows: 1, columns: 300_000, Self.slab(processes.rank, 300_000))
      try SlabSum.spread(slab, over: processes)
      return slab.elements
    }
    for rank in 0..<size { #expect(found[rank] == Self.slab(0, 300_000), "process \(rank)") }
  }

  @Test func `deals the examples of a batch like cards`() {
    let indices = ArraySlice((10..<17).map { Int32($0) })[1...]
    #expect(Array(Piece(index: 0, count: 4).part(of: indices)) == [11, 15])
    #expect(Array(Piece(index: 1, count: 4).part(of: indices)) == [12, 16])
    #expect(Array(Piece(index: 3, count: 4).part(of: indices)) == [14])
    #expect(Piece(index: 7, count: 8).part(of: indices).isEmpty)
    #expect(Array(Piece.whole.part(of: indices)) == Array(indices))
    #expect(WorkShare.joined([[0, 3, 6], [1, 4], [2, 5]]) == Array(0...6))
    #expect(WorkShare(rank: 1, size: 3).numbers(below: 7) == [1, 4])
  }
}
