import DragomanFormats
import DragomanTensor
import Testing

@testable import DragomanLayers

/// Batch normalisation and the units that it stands in, against PyTorch in float64.
@Suite struct `Batch normalisation agrees with PyTorch` {
  static let settings = BatchNormalization.Settings(epsilon: 1e-3, momentum: 0.03)

  @Test(arguments: ["batch_norm_training", "batch_norm_running", "batch_norm_two_rows"])
  func `outputs, gradients and running values`(_ part: String) throws {
    let isTraining = part != "batch_norm_running"
    let columns = part == "batch_norm_two_rows" ? 3 : 7
    let check = try ImageLayerCheck(part, in: "norms.json", isTraining: isTraining) { _, layout in
      let layer = BatchNormalization(
        name: "layer", channels: columns, Self.settings, layout: &layout)
      return { x, upstream, pass, gradients in
        let (y, trace) = layer.forward(x.matrix, pass)
        trace.backward(upstream, pass, gradients: gradients)
        return (y, upstream)
      }
    }
    try check.expectFixture()
    try check.expectDifferences()
  }

  @Test(arguments: ["unit_training", "unit_running", "unit_bias"])
  func `a unit`(_ part: String) throws {
    let check = try ImageLayerCheck(
      part, in: "norms.json", isTraining: part == "unit_training"
    ) { config, layout in
      let layer = ConvolutionUnit(
        name: "layer", ConvolutionShape(from: 3, to: 5, kernel: 3, stride: 2),
        normalization: part == "unit_bias" ? nil : Self.settings,
        Activation(rawValue: try #require(config["activation"]?.string)), layout: &layout)
      return { x, upstream, pass, gradients in
        let (y, trace) = layer.forward(x, pass)
        let dx = Matrix(rows: x.matrix.rows, columns: x.channels, repeating: .nan)
        trace.backward(upstream, inputGradient: dx, pass, gradients: gradients)
        return (y.matrix, dx)
      }
    }
    try check.expectFixture()
    try check.expectDifferences(step: 2e-3, within: 1e-2)
  }

  @Test func `several passes count as their mean`() {
    var layout = ParameterLayout()
    let layer = BatchNormalization(
      name: "n", channels: 2, BatchNormalization.Settings(momentum: 0.25), layout: &layout)
    #expect(layout.entries.map(\.name) == ["n.gain", "n.bias", "n.mean", "n.variance"])
    #expect(layout.entries.map(\.isStatistic) == [false, false, true, true])
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    weights.initialize(seed: 1)
    let kernels = Kernels(threads: 1)
    let pass = Pass(
      weights: weights, workspace: Workspace(kernels: kernels), noise: Noise(seed: 1, update: 0))
    for x in [[1, 10, 3, 30], [5, 0, 9, 8]] as [[Float]] {
      let (_, trace) = layer.forward(Matrix(rows: 2, columns: 2, x), pass)
      trace.backward(Matrix(rows: 2, columns: 2, repeating: 1), pass, gradients: gradients)
    }
    weights.follow(statisticsIn: gradients, passes: 2, kernels)
    // Means 2, 20 and 7, 4; variances 2, 200 and 8, 32.
    #expect(weights[layer.mean].elements == [0.25 * 4.5, 0.25 * 12])
    #expect(weights[layer.variance].elements == [0.75 + 0.25 * 5, 0.75 + 0.25 * 116])
    #expect(gradients[layer.mean].elements + gradients[layer.variance].elements == [0, 0, 0, 0])
    #expect(gradients[layer.bias].elements == [4, 4])
  }

  @Test func `a mean far from 0 costs no digits of the variance`() {
    var layout = ParameterLayout()
    let layer = BatchNormalization(
      name: "n", channels: 1, BatchNormalization.Settings(epsilon: 0, momentum: 1),
      layout: &layout)
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    weights.initialize(seed: 1)
    let kernels = Kernels(threads: 1)
    let pass = Pass(
      weights: weights, workspace: Workspace(kernels: kernels), noise: Noise(seed: 1, update: 0))
    let rows = 20_000
    let x = Matrix(rows: rows, columns: 1, (0..<rows).map { 10_000 + Float($0 % 2) })
    let (y, trace) = layer.forward(x, pass)
    #expect(y[0, 0] == -1 && y[1, 0] == 1)
    trace.backward(Matrix(rows: rows, columns: 1), pass, gradients: gradients)
    weights.follow(statisticsIn: gradients, passes: 1, kernels)
    #expect(abs(weights[layer.variance][0, 0] - 0.25 * 20_000 / 19_999) < 1e-7)
  }
}
