import DragomanFormats
import DragomanTensor
import Testing

@testable import DragomanLayers

extension JSON {
  /// A number of a fixture's configuration.
  fileprivate func number(_ key: String) throws -> Int { try #require(self[key]?.int, "\(key)") }
}

/// Convolutions of every kind, forward and back, against PyTorch in float64.
@Suite struct `Convolutions agree with PyTorch` {
  static let parts = [
    "same", "without_bias", "stride_2", "valid_5", "stride_3_of_4", "groups", "stride_past_window",
    "pointwise", "pointwise_groups", "pointwise_stride_2", "depthwise", "depthwise_stride_2",
    "depthwise_doubled",
  ]

  @Test(arguments: parts) func `outputs and all gradients`(_ part: String) throws {
    let golden = try CellFixture(part, in: "Vision/convolutions.json")
    let (inputs, outputs) = (
      try #require(try golden.tensor("inputs", "x").shape.last),
      try #require(try golden.tensor("outputs", "output").shape.last)
    )
    let check = try ImageLayerCheck(part, in: "convolutions.json") { config, layout in
      let shape = ConvolutionShape(
        from: inputs, to: outputs, kernel: try config.number("kernel"),
        stride: try config.number("stride"), padding: try config.number("padding"),
        groups: try config.number("groups"))
      let layer = Convolution(
        name: "layer", shape, hasBias: part != "without_bias", layout: &layout)
      return { x, upstream, pass, gradients in
        let (y, trace) = layer.forward(x, pass)
        #expect(y.shape == shape.output(of: x.shape))
        let dx = Matrix(rows: x.matrix.rows, columns: x.channels, repeating: .nan)
        trace.backward(upstream, inputGradient: dx, pass, gradients: gradients)
        return (y.matrix, dx)
      }
    }
    try check.expectFixture()
    try check.expectDifferences()
  }

  @Test(arguments: [
    "max_2", "max_3_stride_2", "max_overlapping", "average_2", "average_3_stride_2",
  ])
  func `pooling`(_ part: String) throws {
    let check = try ImageLayerCheck(part, in: "poolings.json") { config, _ in
      let (side, stride) = (try config.number("kernel"), try config.number("stride"))
      let padding = try config.number("padding")
      return { x, upstream, pass, _ in
        if part.hasPrefix("max") {
          let (y, trace) = MaximumPooling(kernel: side, stride: stride, padding: padding)
            .forward(x, pass)
          return (y.matrix, trace.backward(upstream, pass))
        }
        let (y, trace) = AveragePooling(kernel: side, stride: stride, padding: padding)
          .forward(x, pass)
        return (y.matrix, trace.backward(upstream, pass))
      }
    }
    try check.expectFixture()
    // Small, for the kinks of a maximum.
    try check.expectDifferences(step: 1e-3, within: 1e-2)
  }

  /// Rows and blocks of a product that no small fixture reaches, against sums in Double.
  @Test(arguments: [(64, 1, 1), (40, 2, 1), (33, 1, 3)])
  func `larger images`(_ channels: Int, _ stride: Int, _ groups: Int) {
    var layout = ParameterLayout()
    let shape = ConvolutionShape(
      from: channels, to: 36, kernel: 3, stride: stride, groups: groups)
    let layer = Convolution(name: "layer", shape, hasBias: true, layout: &layout)
    let weights = Parameters(layout: layout)
    weights.initialize(seed: 1)
    let grid = GridShape(images: 2, height: 23, width: 29)
    var random = Random(seed: 7, stream: 0)
    let x = Matrix(
      rows: grid.rows, columns: channels,
      (0..<grid.rows * channels).map { _ in Float(random.normal()) })
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 2)))
    let (y, trace) = layer.forward(Grid(x, grid), pass)
    let w = weights[layer.weight]
    let (size, out) = (channels / groups, 36 / groups)
    let target = y.shape
    for (row, o) in [(0, 0), (target.width - 1, 35), (target.pixels + target.width + 1, 17)] {
      let (image, place) = row.quotientAndRemainder(dividingBy: target.pixels)
      let (line, column) = place.quotientAndRemainder(dividingBy: target.width)
      var sum = 0.0
      for p in 0..<9 {
        let (i, j) = (line * stride - 1 + p / 3, column * stride - 1 + p % 3)
        guard (0..<grid.height).contains(i), (0..<grid.width).contains(j) else { continue }
        for c in 0..<size {
          let pixel = x[(image * grid.height + i) * grid.width + j, o / out * size + c]
          sum += Double(w[o, p * size + c]) * Double(pixel)
        }
      }
      #expect(abs(Double(y.matrix[row, o]) - sum) < 1e-4, "[\(row), \(o)]")
    }
    // A convolution is linear: ∂y · conv(x) = ∂x · x = ∂W · W.
    let delta = Matrix(
      rows: y.matrix.rows, columns: 36,
      (0..<y.matrix.count).map { _ in Float(random.normal()) })
    let gradients = Parameters(layout: layout)
    let dx = Matrix(rows: x.rows, columns: channels, repeating: .nan)
    trace.backward(delta, inputGradient: dx, pass, gradients: gradients)
    func dot(_ a: Matrix, _ b: Matrix) -> Double {
      zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let whole = dot(delta, y.matrix)
    #expect(abs(dot(dx, x) - whole) < 2e-4 * abs(whole) + 0.01)
    #expect(abs(dot(gradients[layer.weight], w) - whole) < 2e-4 * abs(whole) + 0.01)
  }
}
