import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanModels

/// Decoding token by token over a cache gives what forcing all tokens at once gives, to the bit.
@Suite struct `A Transformer's cache` {
  static let models: [String: ModelConfiguration] = {
    typealias Suite = `Gradients of a Transformer equal differences of the loss`
    var under = Suite.model()
    under.encoder = EncoderConfiguration()
    return [
      "before": Suite.model(),
      "after": Suite.model { ($0.normalization, $1.normalization) = (.after, .after) },
      "window": Suite.model { ($0.window, $1.window) = (1, 2) },
      "relu": Suite.model { ($0.normalizer, $1.normalizer) = (.relu, .relu) },
      "gelu": Suite.model { ($0.activation, $1.activation) = (.gelu, .gelu) },
      "silu": Suite.model { ($0.activation, $1.activation) = (.silu, .silu) },
      "learnt positions": Suite.model {
        ($0.positions, $1.positions) = (.learnt, .learnt)
        ($0.maximumPositions, $1.maximumPositions) = (4, 3)
      },
      "ssru": Suite.model { $1.selfAttention = .ssru },
      "over a recurrent encoder": under,
    ]
  }()

  static let batch = Batch(
    [
      EncodedPair(source: [3, 5, 4, 7, 2], target: [4, 3, 6, 5, 5, 9, 2]),
      EncodedPair(source: [6, 2], target: [5, 3, 7, 8, 3, 4, 2]),
    ], begin: 1)

  @Test(arguments: models.keys.sorted(), Kernels.available)
  func `gives the logits of teacher forcing`(
    _ name: String, _ instructions: Kernels.InstructionSet
  ) throws {
    let model = SequenceModel(
      try #require(Self.models[name]), sourceVocabulary: 9, targetVocabulary: 10)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 5)
    let kernels = Kernels(threads: 2, instructions: instructions)
    let pass = Pass(weights: weights, workspace: Workspace(kernels: kernels))
    let forced: Matrix
    switch model.forward(Self.batch, pass).decoder {
    case .transformer(let decoder, let trace):
      forced = decoder.readout.output.linear.forward(trace.features, pass)
    case .recurrent:
      Issue.record("a recurrent decoder")
      return
    }
    let packed = PackedModel(model, weights: weights, kernels)
    // The second sentence goes first, and the first one twice: states are gathered, not numbers.
    let rows: [Int32] = [1, 0, 0]
    var state = packed.start(Self.batch.source, pass).state.gathered(rows, pass.workspace)
    for step in 0..<7 {
      let next = state.step(
        rows.map { Self.batch.inputIDs[Int(Self.batch.targetOffsets[Int($0)]) + step] }, pass)
      let logits = packed.readout.logits(of: next.features, pass)
      for (row, sentence) in rows.enumerated() {
        let place = Int(Self.batch.targetOffsets[Int(sentence)]) + step
        #expect(
          logits.rows(row..<(row + 1)).elements == forced.rows(place..<(place + 1)).elements,
          "row \(row) at step \(step)")
      }
      state = next.state
    }
  }
}
