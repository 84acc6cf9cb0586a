import DragomanTensor
import Testing

@testable import DragomanLayers

/// Each cell, over ragged sentences in both directions, forward and back, against PyTorch in float64.
///
/// B = 3, H = 7 and E = 5 differ from each other and from every vector width; lengths are 2, 4 and 1.
@Suite struct `A recurrence agrees with PyTorch` {
  static let names = [
    ("inputWeight", "weight_ih"), ("recurrentWeight", "weight_hh"), ("inputBias", "bias_ih"),
    ("recurrentBias", "bias_hh"),
  ]

  @Test(arguments: CellKind.allCases.filter(\.hasRecurrentProduct), Direction.allCases)
  func `forward and backward`(_ kind: CellKind, _ direction: Direction) throws {
    let golden = try CellFixture(
      kind.rawValue, direction == .forward ? "sequence" : "sequence_reverse")
    let lengths = try golden.lengths("lengths")
    var layout = ParameterLayout()
    let recurrence = Recurrence(
      layer: RecurrentLayer(name: "layer", cell: kind, inputs: 5, hidden: 7, layout: &layout),
      direction: direction)
    let weights = Parameters(layout: layout)
    for (ours, theirs) in Self.names {
      try golden.fill(try #require(weights[named: "layer.\(ours)"]), theirs)
    }
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let hasCell = recurrence.layer.hasCell
    let order = PackedOrder(offsets: try golden.offsets("lengths"))

    let output = Matrix(rows: 7, columns: 7, repeating: .nan)
    let trace = recurrence.forward(
      try golden.matrix("inputs", "x", lengths: lengths), order: order,
      initial: CellState(
        hidden: try golden.matrix("inputs", "h0"),
        cell: hasCell ? try golden.matrix("inputs", "c0") : nil),
      output: output, pass)
    expectClose(output, try golden.elements("outputs", "h", lengths: lengths), "h")
    let final = trace.layer.finalState(pass.workspace)
    expectClose(final.hidden, try golden.elements("outputs", "h_final"), "h_final")
    if let cell = final.cell {
      expectClose(cell, try golden.elements("outputs", "c_final"), "c_final")
    }

    let gradients = Parameters(layout: layout)
    let inputGradient = Matrix(rows: 7, columns: 5)
    let initial = recurrence.backward(
      try golden.matrix("upstream", "h", lengths: lengths),
      final: CellState(
        hidden: try golden.matrix("upstream", "h_final"),
        cell: hasCell ? try golden.matrix("upstream", "c_final") : nil),
      trace, inputGradient: inputGradient, pass, gradients: gradients)
    expectClose(inputGradient, try golden.elements("grads", "x", lengths: lengths), "∂x")
    expectClose(initial.hidden, try golden.elements("grads", "h0"), "∂h0")
    if let cell = initial.cell {
      expectClose(cell, try golden.elements("grads", "c0"), "∂c0")
    }
    for (ours, theirs) in Self.names {
      expectClose(
        try #require(gradients[named: "layer.\(ours)"]), try golden.elements("grads", theirs),
        "∂\(ours)")
    }
  }

  @Test(arguments: CellKind.allCases.filter(\.hasRecurrentProduct))
  func `one step of decoding`(_ kind: CellKind) throws {
    let golden = try CellFixture(kind.rawValue, "step")
    var layout = ParameterLayout()
    let layer = RecurrentLayer(name: "layer", cell: kind, inputs: 5, hidden: 7, layout: &layout)
    let weights = Parameters(layout: layout)
    for (ours, theirs) in Self.names {
      try golden.fill(try #require(weights[named: "layer.\(ours)"]), theirs)
    }
    let kernels = Kernels(threads: 1)
    let pass = Pass(weights: weights, workspace: Workspace(kernels: kernels))
    let next = layer.state(rows: 3, pass.workspace)
    layer.packed(weights, kernels).step(
      try golden.matrix("inputs", "x"),
      from: CellState(
        hidden: try golden.matrix("inputs", "h0"),
        cell: layer.hasCell ? try golden.matrix("inputs", "c0") : nil),
      to: next, pass)
    expectClose(next.hidden, try golden.elements("outputs", "h1"), "h1")
    if let cell = next.cell {
      expectClose(cell, try golden.elements("outputs", "c1"), "c1")
    }
  }
}
