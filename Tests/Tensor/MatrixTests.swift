import Testing

@testable import DragomanTensor

@Suite struct `A matrix` {
  let m = Matrix(rows: 3, columns: 4, (0..<12).map { Float($0) })

  @Test func `views write through`() {
    let block = m.rows(1..<3).columns(1..<3)
    #expect(block.elements == [5, 6, 9, 10])
    #expect(block.stride == 4 && !block.isContiguous && m.isContiguous)
    block[1, 0] = -1
    #expect(m[2, 1] == -1)
  }

  @Test func `empty views are legal anywhere`() {
    #expect(m.rows(3..<3).elements.isEmpty)
    #expect(m.columns(4..<4).elements.isEmpty)
    #expect(Matrix(rows: 0, columns: 5).columns(2..<4).count == 0)
  }

  @Test func `a row is contiguous whatever its stride`() {
    #expect(m.rows(1..<2).columns(0..<2).isContiguous)
  }

  @Test func `what lies outside traps`() async {
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2)[2, 0] }
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2).rows(1..<3) }
    await #expect(processExitsWith: .failure) { _ = Matrix(rows: 2, columns: 2).columns(1..<3) }
  }
}
