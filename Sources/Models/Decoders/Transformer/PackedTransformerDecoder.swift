package import DragomanLayers
import DragomanTensor

/// A Transformer's decoder with its weights packed once, and the steps of decoding.
package final class PackedTransformerDecoder: Sendable {
  private let decoder: TransformerDecoder
  private let stack: PackedTransformerStack
  let readout: PackedReadout

  init(
    _ decoder: TransformerDecoder, _ weights: Parameters, _ kernels: Kernels, withScreen: Bool
  ) {
    self.decoder = decoder
    stack = PackedTransformerStack(decoder.stack, weights, kernels)
    readout = PackedReadout(decoder.readout, weights, kernels, withScreen: withScreen)
  }

  /// Where the decoding of some hypotheses stands.
  package typealias State = PackedTransformerStack.State

  /// The state before the first step, a row for each source.
  func start(_ encoded: EncodedSource, _ pass: Pass) -> State { stack.start(encoded.states, pass) }

  /// Goes one step: what the projection reads after `tokens`, `[n, F]`, the attention of that step, `[n, S]`, which is
  /// the mean of the last layer's heads, and the state after it.
  func step(
    _ tokens: [Int32], _ state: State, _ pass: Pass
  ) -> (features: Matrix, attention: Matrix, state: State) {
    let places = [Int32](repeating: Int32(state.length), count: tokens.count)
    let (x, read) = decoder.input.forward(
      decoder.embedding.forward(tokens, pass), positions: places, sentences: [], pass)
    let (output, weights, next) = stack.step(x, state, pass)
    let attention = decoder.crossHeads.mean(of: weights, pass)
    return (readout.read(output, embedded: read.embedded, pass), attention, next)
  }
}
