import DragomanTensor
import Testing

@testable import DragomanLayers

/// Memory that the layers of a Transformer take, in floats.
@Suite struct `The memory of a Transformer's layers` {
  private static let rows = 64

  /// What a decoder keeps of the forward pass, and what the backward pass takes at most beside that.
  private func floats(
    layers: Int, _ place: NormalizationPlace = .before, _ activation: Activation = .relu,
    _ selfAttention: SelfAttentionKind = .attention
  ) -> (kept: Int, backward: Int) {
    let shape = TransformerShape(
      width: 16, layers: layers, heads: 2, inner: 32, normalization: place, activation: activation,
      normalizer: .softmax, window: nil, selfAttention: selfAttention, attentionDropout: 0.1,
      innerDropout: 0.1, layerDropout: 0.1, isVariational: false)
    var layout = ParameterLayout()
    let stack = TransformerStack(name: "decoder", shape, memory: 16, layout: &layout)
    let (weights, gradients) = (Parameters(layout: layout), Parameters(layout: layout))
    weights.initialize(seed: 1)
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let pass = Pass(weights: weights, workspace: workspace, noise: Noise(seed: 1, update: 1))
    let offsets: [Int32] = [0, 20, 41, 64]
    func ones() -> Matrix {
      let result = Matrix(rows: Self.rows, columns: 16)
      workspace.kernels.fill(result, with: 1)
      return result
    }
    let batch = TransformerBatch(offsets: offsets, memory: RaggedMatrix(ones(), offsets: offsets))
    let trace = stack.forward(ones(), batch, pass).trace
    let kept = workspace.count
    #expect(workspace.highWater == kept)
    stack.backward(ones(), memory: ones(), trace, pass, gradients: gradients)
    #expect(workspace.count == kept)
    return (kept, workspace.highWater - kept)
  }

  @Test(arguments: NormalizationPlace.allCases, SelfAttentionKind.allCases)
  func `for gradients is that of one layer, however many there are`(
    _ place: NormalizationPlace, _ selfAttention: SelfAttentionKind
  ) {
    let one = floats(layers: 1, place, .gelu, selfAttention)
    let five = floats(layers: 5, place, .gelu, selfAttention)
    #expect(five.kept > 4 * one.kept)
    #expect(five.backward == one.backward && one.backward > 0)
  }

  /// φ(a) of relu takes the place of a.
  @Test func `holds the hidden layer of a feed-forward network once with relu`() {
    let (relu, gelu) = (floats(layers: 3), floats(layers: 3, .before, .gelu))
    #expect(gelu.kept - relu.kept == 3 * Self.rows * 32)
    #expect(gelu.backward == relu.backward)
  }
}
