import DragomanFormats
import DragomanTensor
import Testing

@testable import DragomanLayers

/// Images as rows of a Transformer, and rows as one vector, against PyTorch in float64.
@Suite struct `Rows of images agree with PyTorch` {
  @Test(arguments: ["patches", "patches_class"]) func `patches`(_ part: String) throws {
    let check = try ImageLayerCheck(part, in: "rows.json") { config, layout in
      let layer = PatchEmbedding(
        name: "layer",
        PatchEmbedding.Shape(
          height: 6, width: 4, channels: 3, patch: try #require(config["patch"]?.int),
          hasClass: part == "patches_class"), width: 5, layout: &layout)
      return { x, upstream, pass, gradients in
        let (rows, trace) = layer.forward(x, pass)
        #expect(rows.offsets == [0, Int32(layer.shape.rows), Int32(2 * layer.shape.rows)])
        let dx = Matrix(rows: x.matrix.rows, columns: x.channels, repeating: .nan)
        trace.backward(upstream, inputGradient: dx, pass, gradients: gradients)
        return (rows.matrix, dx)
      }
    }
    try check.expectFixture()
    try check.expectDifferences()
  }

  @Test(arguments: RowPoolingKind.allCases) func `pooling`(_ kind: RowPoolingKind) throws {
    let check = try ImageLayerCheck("pooling_\(kind.rawValue)", in: "rows.json") { config, layout in
      let lengths = try #require(config["lengths"]?.array).map { try #require($0.int) }
      let offsets = lengths.reduce(into: [0] as [Int32]) { $0.append($0[$0.count - 1] + Int32($1)) }
      let layer = RowPooling(kind, name: "layer", size: 7, layout: &layout)
      return { x, upstream, pass, gradients in
        let (y, trace) = layer.forward(RaggedMatrix(x.matrix, offsets: offsets), pass)
        return (y, trace.backward(upstream, pass, gradients: gradients))
      }
    }
    try check.expectFixture()
    try check.expectDifferences()
  }
}
