import Testing

@testable import DragomanTensor

@Suite struct `A workspace` {
  @Test func `hands out matrices that do not overlap`() {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let matrices = (1...50).map { workspace.zeros(rows: $0, columns: 2 * $0 + 1) }
    for (index, matrix) in matrices.enumerated() {
      workspace.kernels.fill(matrix, with: Float(index))
    }
    for (index, matrix) in matrices.enumerated() {
      #expect(matrix.elements.allSatisfy { $0 == Float(index) })
    }
  }

  @Test func `needs one block after the first reset`() {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    func step() -> Set<ObjectIdentifier> {
      let blocks = (0..<10).map { _ in
        ObjectIdentifier(workspace.matrix(rows: 100, columns: 200).storage)
      }
      workspace.reset()
      return Set(blocks)
    }
    _ = step()
    let (second, third) = (step(), step())
    #expect(second.count == 1 && second == third)
  }

  @Test func `counts what is handed out`() {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    #expect(workspace.count == 0)
    _ = workspace.matrix(rows: 1, columns: 17)
    #expect(workspace.count == 32)
    _ = workspace.matrix(rows: 1000, columns: 1000)
    #expect(workspace.count == 32 + 1_000_000)
    workspace.reset()
    #expect(workspace.count == 0)
  }

  @Test func `a matrix outlives the reset`() {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let first = workspace.matrix(rows: 3, columns: 3)
    workspace.kernels.fill(first, with: 2)
    _ = workspace.matrix(rows: 1000, columns: 1000)
    workspace.reset()
    #expect(first.elements.allSatisfy { $0 == 2 })
  }
}
