import DragomanFormats
import DragomanTensor
import Synchronization
import Testing

@testable import DragomanLayers

/// Squeeze and excitation, convolutional attention and C2PSA against PyTorch in float64.
@Suite struct `Blocks for images agree with PyTorch` {
  static let settings = BatchNormalization.Settings(epsilon: 1e-3, momentum: 0.03)

  @Test func `squeeze and excitation`() throws {
    let check = try ImageLayerCheck("squeeze", in: "blocks.json") { _, layout in
      // ⌊7/3⌋ = 2.
      let layer = SqueezeExcitation(name: "layer", channels: 7, ratio: 3, layout: &layout)
      return { x, upstream, pass, gradients in
        let (y, trace) = layer.forward(x, pass)
        trace.backward(upstream, pass, gradients: gradients)
        return (y.matrix, upstream)
      }
    }
    try check.expectFixture()
    try check.expectDifferences(step: 2e-3, within: 1e-2)
  }

  @Test(arguments: [
    "attention_values_training", "attention_values_running", "attention_values_bias",
    "attention_output_training", "attention_output_bias",
  ])
  func `convolutional attention`(_ part: String) throws {
    let golden = try CellFixture(part, in: "Vision/blocks.json")
    let expected = try golden.elements("outputs", "weights")
    let compared = Mutex(false)
    let check = try ImageLayerCheck(
      part, in: "blocks.json", isTraining: part != "attention_values_running"
    ) { config, layout in
      let place = try #require(config["positions"]?.string)
      let layer = ConvolutionalAttention(
        name: "layer",
        ConvolutionalAttentionShape(
          channels: 6, heads: 2, ratio: 0.7,
          positions: try #require(ConvolutionalAttentionShape.Positions(rawValue: place)),
          normalization: part.hasSuffix("bias") ? nil : Self.settings), layout: &layout)
      #expect(layer.shape.key == 2)
      return { x, upstream, pass, gradients in
        let (y, trace) = layer.forward(x, pass)
        // Once: later on differences are taken.
        if compared.withLock({ was in
          defer { was = true }; return !was
        }) {
          expectHeads(trace.weights, expected, heads: 2, x.shape)
        }
        return (y.matrix, trace.backward(upstream, pass, gradients: gradients))
      }
    }
    try check.expectFixture()
    try check.expectDifferences()
  }

  @Test(arguments: ["c2psa_training", "c2psa_running"]) func `half of the channels`(_ part: String)
    throws
  {
    let check = try ImageLayerCheck(
      part, in: "blocks.json", isTraining: part == "c2psa_training"
    ) { config, layout in
      let layer = C2PSA(
        name: "layer", channels: 10, blocks: try #require(config["blocks"]?.int),
        normalization: Self.settings, layout: &layout)
      return { x, upstream, pass, gradients in
        let (y, trace) = layer.forward(x, pass)
        return (y.matrix, trace.backward(upstream, pass, gradients: gradients))
      }
    }
    try check.expectFixture()
    try check.expectDifferences()
  }
}

/// Weights of all heads, `[B, h, T, S]`, beside ours, `[B·T, h·S]`.
func expectHeads(_ found: Matrix, _ expected: [Double], heads: Int, _ shape: GridShape) {
  let pixels = shape.pixels
  let ours = (0..<shape.images).flatMap { image in
    (0..<heads).flatMap { head in
      (0..<pixels).flatMap { query in
        (0..<pixels).map { found[image * pixels + query, head * pixels + $0] }
      }
    }
  }
  expectClose(Matrix(rows: ours.count / pixels, columns: pixels, ours), expected, "weights")
}
