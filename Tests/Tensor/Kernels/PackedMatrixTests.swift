import Testing

@testable import DragomanTensor

@Suite struct `A packed matrix` {
  @Test func `keeps its shape and its own copy`() {
    // Not framed, so that the address sanitizer sees a read past the last row.
    let weights = sample(5, 48, seed: 1)
    let kernels = Kernels(threads: 1)
    let packed = PackedMatrix(weights, transposed: true, kernels: kernels)
    #expect(packed.rows == 48 && packed.columns == 5)
    let a = sample(2, 48, seed: 2)
    let (before, after) = (Matrix(rows: 2, columns: 5), Matrix(rows: 2, columns: 5))
    kernels.multiply(a, packed, into: before)
    kernels.fill(weights, with: 0)
    kernels.multiply(a, packed, into: after)
    expectSame(after, before, "after the weights changed")
  }

  @Test func `takes its memory from a workspace, with equal results`() {
    let (a, b) = (sample(3, 11, seed: 1), sample(11, 37, seed: 2))
    for kernels in everyKernels() {
      let workspace = Workspace(kernels: kernels)
      let (one, other) = (Matrix(rows: 3, columns: 37), Matrix(rows: 3, columns: 37))
      kernels.multiply(a, kernels.pack(b, transposed: false, in: workspace), into: one)
      kernels.multiply(a, b, into: other)
      expectSame(one, other, kernels.name)
      #expect(workspace.count >= 11 * 37)
    }
  }

  @Test func `belongs to an instruction set`() async {
    await #expect(processExitsWith: .failure) {
      let (first, last) = (Kernels.available[0], Kernels.available[Kernels.available.count - 1])
      precondition(first != last)
      let packed = PackedMatrix(
        Matrix(rows: 2, columns: 2), transposed: false,
        kernels: Kernels(threads: 1, instructions: first))
      Kernels(threads: 1, instructions: last).multiply(
        Matrix(rows: 2, columns: 2), packed, into: Matrix(rows: 2, columns: 2))
    }
  }
}
