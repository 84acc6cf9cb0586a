import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The gates bit by bit against their twins, and their gradients against differences in Double.
@Suite struct `Cells` {
  static let shapes = [(1, 1), (3, 7), (5, 16), (2, 37), (9, 100)]

  // MARK: GRU

  @Test(arguments: shapes) func `GRU forward and backward have the bits of the twin`(
    shape: (Int, Int)
  ) {
    let (b, h) = shape
    let (a, u) = (sample(b, 3 * h, seed: 1, in: -4...4), sample(b, 3 * h, seed: 2))
    let (state, delta) = (sample(b, h, seed: 3), sample(b, h, seed: 4))
    let (gates, next) = (copied(a), copied(state))
    let (da, du, direct) = (copied(a), copied(u), copied(state))
    for i in 0..<b {
      for j in 0..<h {
        let r = Twin.sigmoid(a[i, j] + u[i, j])
        let z = Twin.sigmoid(a[i, h + j] + u[i, h + j])
        let product = u[i, 2 * h + j]
        let n = Twin.tanh(a[i, 2 * h + j].addingProduct(r, product))
        (gates[i, j], gates[i, h + j], gates[i, 2 * h + j]) = (r, z, n)
        next[i, j] = n.addingProduct(z, state[i, j] - n)
        let dn = Twin.throughTanh(delta[i, j] * (1 - z), n)
        let dz = Twin.throughSigmoid(delta[i, j] * (state[i, j] - n), z)
        let dr = Twin.throughSigmoid(dn * product, r)
        (da[i, j], da[i, h + j], da[i, 2 * h + j]) = (dr, dz, dn)
        (du[i, j], du[i, h + j], du[i, 2 * h + j]) = (dr, dz, dn * r)
        direct[i, j] = delta[i, j] * z
      }
    }
    for kernels in everyKernels() {
      let (fa, fu) = (Framed(a), Framed(u, gap: 2))
      let (fh, fnext, fdelta) = (Framed(state), Framed(state, gap: 7), Framed(delta, gap: 1))
      kernels.gruForward(input: fa.view, recurrent: fu.view, state: fh.view, next: fnext.view)
      expectSame(fa.view, gates, "gates, \(kernels.name)")
      expectSame(fu.view, u, "recurrent product, \(kernels.name)")
      expectSame(fnext.view, next, "next, \(kernels.name)")
      // The direct path may go where the gradient was.
      kernels.gruBackward(
        gates: fa.view, recurrent: fu.view, state: fh.view, gradient: fdelta.view,
        stateGradient: fdelta.view)
      expectSame(fa.view, da, "∂a, \(kernels.name)")
      expectSame(fu.view, du, "∂u, \(kernels.name)")
      expectSame(fdelta.view, direct, "direct path, \(kernels.name)")
      for frame in [fa, fu, fh, fnext, fdelta] { #expect(frame.isIntact, "\(kernels.name)") }
    }
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// h′ of one unit from (a₀, a₁, a₂, u₀, u₁, u₂, h), in Double.
  static func gru(_ x: [Double]) -> [Double] {
    let (r, z) = (sigmoid(x[0] + x[3]), sigmoid(x[1] + x[4]))
    return [(1 - z) * tanh(x[2] + r * x[5]) + z * x[6]]
  }

  @Test func `GRU gradients are those of the equations`() {
    let x: [Double] = [0.3, -0.7, 0.9, -0.2, 0.4, 1.1, -0.8]
    let kernels = Kernels(threads: 1)
    func row(_ values: ArraySlice<Double>) -> Matrix {
      Matrix(rows: 1, columns: values.count, values.map { Float($0) })
    }
    let (a, u, h, next) = (row(x[0..<3]), row(x[3..<6]), row(x[6..<7]), row(x[6..<7]))
    kernels.gruForward(input: a, recurrent: u, state: h, next: next)
    expectClose(next.elements, Cells.gru(x), 1e-6, "h′")
    let delta = Matrix(rows: 1, columns: 1, [0.6])
    kernels.gruBackward(gates: a, recurrent: u, state: h, gradient: delta, stateGradient: next)
    expectClose(
      a.elements + u.elements + next.elements, differences(of: Cells.gru, at: x, [0.6]), 1e-6,
      "gradients of a, u, h")
  }

  // MARK: LSTM

  @Test(arguments: shapes) func `LSTM forward and backward have the bits of the twin`(
    shape: (Int, Int)
  ) {
    let (b, h) = shape
    let (a, u) = (sample(b, 4 * h, seed: 1, in: -4...4), sample(b, 4 * h, seed: 2))
    let (cell, delta, gamma) = (
      sample(b, h, seed: 3), sample(b, h, seed: 4), sample(b, h, seed: 5)
    )
    let (gates, nextCell, next) = (copied(a), copied(cell), copied(cell))
    let (da, dcell) = (copied(a), copied(cell))
    for i in 0..<b {
      for j in 0..<h {
        func sum(_ gate: Int) -> Float { a[i, gate * h + j] + u[i, gate * h + j] }
        let (input, forget) = (Twin.sigmoid(sum(0)), Twin.sigmoid(sum(1)))
        let (g, output) = (Twin.tanh(sum(2)), Twin.sigmoid(sum(3)))
        let kept = (input * g).addingProduct(forget, cell[i, j])
        let y = Twin.tanh(kept)
        (gates[i, j], gates[i, h + j]) = (input, forget)
        (gates[i, 2 * h + j], gates[i, 3 * h + j]) = (g, output)
        (nextCell[i, j], next[i, j]) = (kept, output * y)
        let kappa = gamma[i, j] + Twin.throughTanh(delta[i, j] * output, y)
        da[i, j] = Twin.throughSigmoid(kappa * g, input)
        da[i, h + j] = Twin.throughSigmoid(kappa * cell[i, j], forget)
        da[i, 2 * h + j] = Twin.throughTanh(kappa * input, g)
        da[i, 3 * h + j] = Twin.throughSigmoid(delta[i, j] * y, output)
        dcell[i, j] = kappa * forget
      }
    }
    for kernels in everyKernels() {
      let (fa, fu, fcell) = (Framed(a), Framed(u, gap: 2), Framed(cell))
      let (fnextCell, fnext) = (Framed(cell, gap: 5), Framed(cell, gap: 7))
      let (fdelta, fgamma) = (Framed(delta), Framed(gamma, gap: 1))
      kernels.lstmForward(
        input: fa.view, recurrent: fu.view, cell: fcell.view, nextCell: fnextCell.view,
        next: fnext.view)
      expectSame(fa.view, gates, "gates, \(kernels.name)")
      expectSame(fnextCell.view, nextCell, "next cell, \(kernels.name)")
      expectSame(fnext.view, next, "next, \(kernels.name)")
      kernels.lstmBackward(
        gates: fa.view, cell: fcell.view, nextCell: fnextCell.view, gradient: fdelta.view,
        cellGradient: fgamma.view)
      expectSame(fa.view, da, "∂a, \(kernels.name)")
      expectSame(fgamma.view, dcell, "∂cell, \(kernels.name)")
      for frame in [fa, fu, fcell, fnextCell, fnext, fdelta, fgamma] {
        #expect(frame.isIntact, "\(kernels.name)")
      }
    }
  }

  /// m′ and h′ of one unit from (a₀, a₁, a₂, a₃, m), in Double.
  static func lstm(_ x: [Double]) -> [Double] {
    let cell = sigmoid(x[1]) * x[4] + sigmoid(x[0]) * tanh(x[2])
    return [cell, sigmoid(x[3]) * tanh(cell)]
  }

  @Test func `LSTM gradients are those of the equations`() {
    let x: [Double] = [0.3, -0.7, 0.9, -0.2, 1.4]
    let kernels = Kernels(threads: 1)
    let a = Matrix(rows: 1, columns: 4, x[0..<4].map { Float($0) })
    let cell = Matrix(rows: 1, columns: 1, [Float(x[4])])
    let (nextCell, next) = (Matrix(rows: 1, columns: 1), Matrix(rows: 1, columns: 1))
    kernels.lstmForward(
      input: a, recurrent: Matrix(rows: 1, columns: 4), cell: cell, nextCell: nextCell, next: next)
    expectClose([nextCell[0, 0], next[0, 0]], Cells.lstm(x), 1e-6, "m′, h′")
    let cellGradient = Matrix(rows: 1, columns: 1, [-0.5])
    kernels.lstmBackward(
      gates: a, cell: cell, nextCell: nextCell, gradient: Matrix(rows: 1, columns: 1, [0.6]),
      cellGradient: cellGradient)
    expectClose(
      a.elements + cellGradient.elements, differences(of: Cells.lstm, at: x, [-0.5, 0.6]), 1e-6,
      "gradients of a, m")
  }
}

/// ∂(weights · f)/∂x by central differences.
func differences(
  of f: ([Double]) -> [Double], at x: [Double], _ weights: [Double]
) -> [Double] {
  x.indices.map { i in
    func value(_ step: Double) -> Double {
      var moved = x
      moved[i] += step
      return zip(f(moved), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return (value(1e-5) - value(-1e-5)) / 2e-5
  }
}
