import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension `Cells` {
  @Test(arguments: shapes) func `SSRU forward and backward have the bits of the twin`(
    shape: (Int, Int)
  ) {
    let (b, h) = shape
    let (a, cell) = (sample(b, 2 * h, seed: 1, in: -4...4), sample(b, h, seed: 2))
    let (delta, gamma) = (sample(b, h, seed: 3), sample(b, h, seed: 4))
    let (gates, nextCell, next, da, dcell) = (
      copied(a), copied(cell), copied(cell), copied(a), copied(cell)
    )
    for i in 0..<b {
      for j in 0..<h {
        let (x, forget) = (a[i, j], Twin.sigmoid(a[i, h + j]))
        let kept = x.addingProduct(forget, cell[i, j] - x)
        gates[i, h + j] = forget
        (nextCell[i, j], next[i, j]) = (kept, max(kept, 0))
        let kappa = gamma[i, j] + (kept > 0 ? delta[i, j] : 0)
        da[i, j] = kappa * (1 - forget)
        da[i, h + j] = Twin.throughSigmoid(kappa * (cell[i, j] - x), forget)
        dcell[i, j] = kappa * forget
      }
    }
    for kernels in everyKernels() {
      let (fa, fcell) = (Framed(a), Framed(cell))
      let (fnextCell, fnext) = (Framed(cell, gap: 5), Framed(cell, gap: 7))
      let (fdelta, fgamma) = (Framed(delta), Framed(gamma, gap: 1))
      kernels.ssruForward(
        input: fa.view, cell: fcell.view, nextCell: fnextCell.view, next: fnext.view)
      expectSame(fa.view, gates, "gates, \(kernels.name)")
      expectSame(fnextCell.view, nextCell, "next cell, \(kernels.name)")
      expectSame(fnext.view, next, "next, \(kernels.name)")
      kernels.ssruBackward(
        gates: fa.view, cell: fcell.view, nextCell: fnextCell.view, gradient: fdelta.view,
        cellGradient: fgamma.view)
      expectSame(fa.view, da, "∂a, \(kernels.name)")
      expectSame(fgamma.view, dcell, "∂cell, \(kernels.name)")
      for frame in [fa, fcell, fnextCell, fnext, fdelta, fgamma] {
        #expect(frame.isIntact, "\(kernels.name)")
      }
    }
  }

  /// c and h of one unit from (x̃, f before σ, c′), in Double.
  static func ssru(_ x: [Double]) -> [Double] {
    let forget = 1 / (1 + exp(-x[1]))
    let cell = forget * x[2] + (1 - forget) * x[0]
    return [cell, max(cell, 0)]
  }

  @Test(arguments: [[0.3, -0.7, 1.4], [-0.3, 0.2, -0.9]])
  func `SSRU gradients are those of the equations`(x: [Double]) {
    let kernels = Kernels(threads: 1)
    let a = Matrix(rows: 1, columns: 2, x[0..<2].map { Float($0) })
    let cell = Matrix(rows: 1, columns: 1, [Float(x[2])])
    let (nextCell, next) = (Matrix(rows: 1, columns: 1), Matrix(rows: 1, columns: 1))
    kernels.ssruForward(input: a, cell: cell, nextCell: nextCell, next: next)
    expectClose([nextCell[0, 0], next[0, 0]], Cells.ssru(x), 1e-6, "c, h")
    let cellGradient = Matrix(rows: 1, columns: 1, [-0.5])
    kernels.ssruBackward(
      gates: a, cell: cell, nextCell: nextCell, gradient: Matrix(rows: 1, columns: 1, [0.6]),
      cellGradient: cellGradient)
    expectClose(
      a.elements + cellGradient.elements, differences(of: Cells.ssru, at: x, [-0.5, 0.6]), 1e-6,
      "gradients of x̃, f, c′")
  }
}
