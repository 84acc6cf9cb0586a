import DragomanTensor
import Testing

@testable import DragomanLayers

@Suite struct `A normalised layer` {
  /// The outputs of sentences of 2, 4 and 1 tokens, after `change` to the weights.
  func output(
    _ kind: CellKind, seed: UInt64 = 1, _ change: (Parameters, Kernels) -> Void
  ) -> [Float] {
    var layout = ParameterLayout()
    let recurrence = Recurrence(
      layer: RecurrentLayer(
        name: "layer", cell: kind, inputs: 5, hidden: 7, isNormalized: true, layout: &layout),
      direction: .forward)
    let weights = Parameters(layout: layout)
    weights.initialize(seed: 3)
    let kernels = Kernels(threads: 1)
    change(weights, kernels)
    let pass = Pass(weights: weights, workspace: Workspace(kernels: kernels))
    var random = Random(seed: seed, stream: 0)
    let input = Matrix(rows: 7, columns: 5, (0..<35).map { _ in Float(random.normal()) })
    let result = Matrix(rows: 7, columns: 7)
    _ = recurrence.forward(
      input, order: PackedOrder(offsets: [0, 2, 6, 7]), output: result, pass)
    return result.elements
  }

  /// Invariance under a new scale of the weights: table 1 of arXiv:1607.06450.
  @Test(
    arguments: CellKind.allCases.filter(\.hasRecurrentProduct), ["inputWeight", "recurrentWeight"])
  func `does not see the scale of its weights`(_ kind: CellKind, _ name: String) throws {
    let expected = output(kind) { _, _ in }
    let found = output(kind) { weights, kernels in
      if let weight = weights[named: "layer.\(name)"] { kernels.scale(weight, by: 8) }
    }
    #expect(found != expected)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-2) }
  }

  /// Gates of gain 0 are what their biases make of them, whatever is read.
  @Test(arguments: CellKind.allCases.filter(\.hasRecurrentProduct))
  func `adds its biases after the gains`(_ kind: CellKind) throws {
    func biased(_ seed: UInt64, _ bias: Float) -> [Float] {
      output(kind, seed: seed) { weights, kernels in
        for name in ["inputGain", "recurrentGain"] {
          if let gain = weights[named: "layer.\(name)"] { kernels.fill(gain, with: 0) }
        }
        if let one = weights[named: "layer.inputBias"] { kernels.fill(one, with: bias) }
      }
    }
    #expect(biased(1, 0.5) == biased(2, 0.5))
    #expect(biased(1, 0.5) != biased(1, 0.7))
    #expect(output(kind, seed: 1) { _, _ in } != output(kind, seed: 2) { _, _ in })
  }
}
