import DragomanFormats
import DragomanTensor
import Testing

@testable import DragomanLayers

/// The worked 3 × 3 example of convolutional attention, for both places of its position term.
///
/// `Golden/Vision/convolutional_attention.json`: NCHW, weights in PyTorch's order, loss Σ y² / 2.
@Suite struct `The worked example of convolutional attention` {
  /// A number for each index of nested lists.
  private func flat(_ json: JSON?) throws -> [Double] {
    let json = try #require(json)
    if let list = json.array { return try list.flatMap { try flat($0) } }
    return [try #require(json.double)]
  }

  /// `[1, C, pixels]` as a row for each pixel.
  private func rows(_ numbers: [Double], channels: Int) -> [Double] {
    let pixels = numbers.count / channels
    return (0..<pixels).flatMap { pixel in (0..<channels).map { numbers[$0 * pixels + pixel] } }
  }

  @Test(arguments: ConvolutionalAttentionShape.Positions.allCases)
  func `agrees with every number of it`(_ place: ConvolutionalAttentionShape.Positions) throws {
    let json = try CellFixture(in: "Vision/convolutional_attention.json").json
    let part = try #require(json[place.rawValue])
    var layout = ParameterLayout()
    let layer = ConvolutionalAttention(
      name: "layer",
      ConvolutionalAttentionShape(channels: 4, heads: 2, positions: place, normalization: nil),
      layout: &layout)
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    let names = [
      ("queryKeyValue", "qkv"), ("output", "proj"), ("positions", "pe"),
    ].flatMap { ours, theirs in
      ["weight", "bias"].map { ("layer.\(ours).convolution.\($0)", "\(theirs).\($0)") }
    }
    // A window of one place, or of one channel: PyTorch's order is ours.
    for (ours, theirs) in names {
      let numbers = try flat(json["weights"]?[theirs])
      try #require(weights[named: ours]).write(numbers.map { Float($0) }, at: 0)
    }
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let shape = GridShape(images: 1, height: 3, width: 3)
    let input = rows(try flat(json["input"]), channels: 4)
    let (y, trace) = layer.forward(
      Grid(Matrix(rows: 9, columns: 4, input.map { Float($0) }), shape), pass)
    func expect(_ found: Matrix, _ name: String, _ json: JSON?) throws {
      expectClose(found, rows(try flat(json), channels: found.columns), name)
    }
    try expect(trace.values, "values", part["values"])
    expectHeads(trace.weights, try flat(part["attention"]), heads: 2, shape)
    try expect(trace.result, "result", part["result"])
    try expect(trace.term, "positions", part["positions"])
    try expect(y.matrix, "output", part["output"])
    for (name, range) in [("queries", 0..<1), ("keys", 1..<2)] {
      let found = Matrix(
        rows: 9, columns: 2,
        (0..<9).flatMap { pixel in
          [0, 4].map { trace.projected[pixel, $0 + range.lowerBound] }
        })
      try expect(found, name, part[name])
    }
    let delta = Matrix(rows: 9, columns: 4, y.matrix.elements)
    let dx = trace.backward(delta, pass, gradients: gradients)
    try expect(dx, "∂input", part["gradients"]?["input"])
    for (ours, theirs) in names {
      expectClose(
        try #require(gradients[named: ours]), try flat(part["gradients"]?[theirs]), "∂\(theirs)")
    }
  }
}
