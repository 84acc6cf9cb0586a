import DragomanLayers
import DragomanTensor

/// A recurrent decoder's weights packed once, and the steps of decoding.
///
/// An object, since every state holds it: copying a state copies one reference.
package final class PackedRecurrentDecoder: Sendable {
  private let decoder: RecurrentDecoder
  private let stack: PackedRecurrentStack
  private let attentional: PackedMatrix?
  let readout: PackedReadout

  init(
    _ decoder: RecurrentDecoder, _ weights: Parameters, _ kernels: Kernels, withScreen: Bool
  ) {
    self.decoder = decoder
    stack = decoder.stack.packed(weights, kernels)
    attentional = decoder.attentional?.packed(weights, kernels)
    readout = PackedReadout(decoder.readout, weights, kernels, withScreen: withScreen)
  }

  /// Where the decoding of some hypotheses stands.
  package struct State {
    /// What attention looks at; that of all sources of the batch.
    fileprivate let memory: Attention.Memory
    /// For each row, the number of its source.
    fileprivate let sentences: [Int32]
    /// s of each layer, a row per hypothesis.
    fileprivate let layers: [CellState]
    /// c_{t−1}, `[n, D]`, or h̃_{t−1}, `[n, H]`; of no use without feeding.
    fileprivate let fed: Matrix
    /// C, `[n, S]`: what was attended to, with a scorer that reads it.
    fileprivate let history: Matrix?

    /// The states at `rows`, in new memory.
    func gathered(_ rows: [Int32], _ workspace: Workspace) -> State {
      State(
        memory: memory, sentences: rows.map { sentences[Int($0)] },
        layers: layers.map { $0.gathered(rows, workspace) },
        fed: workspace.gathered(rows, of: fed),
        history: history.map { workspace.gathered(rows, of: $0) })
    }
  }

  /// The state before the first step, a row for each source.
  func start(_ encoded: EncodedSource, _ pass: Pass) -> State {
    let memory = decoder.attention.memory(of: encoded.states, pass)
    let count = encoded.states.sentences
    return State(
      memory: memory, sentences: Array(0..<Int32(count)),
      layers: decoder.start.forward(encoded, pass).results,
      fed: pass.workspace.zeros(
        rows: count, columns: decoder.attentional?.size ?? decoder.attention.width),
      history: decoder.attention.scorer.readsHistory
        ? pass.workspace.zeros(rows: count, columns: memory.longest) : nil)
  }

  /// Goes one step: what the projection reads after `tokens`, `[n, F]`, the attention of that step, `[n, S]`, and the
  /// state after it.
  func step(
    _ tokens: [Int32], _ state: State, _ pass: Pass
  ) -> (features: Matrix, attention: Matrix, state: State) {
    let workspace = pass.workspace
    let (attention, hidden) = (decoder.attention, decoder.hidden)
    let rows = tokens.count
    let x = workspace.matrix(rows: rows, columns: stack.inputs)
    let embedded = x.columns(0..<decoder.embedding.size)
    decoder.embedding.forward(tokens, into: embedded, pass)
    if decoder.feeding != .none {
      pass.kernels.copy(state.fed, to: x.columns(embedded.columns..<x.columns))
    }
    let features = workspace.matrix(rows: rows, columns: hidden + attention.width)
    let (top, contexts) = (
      features.columns(0..<hidden), features.columns(hidden..<features.columns)
    )
    let next = stack.step(x, from: state.layers, output: top, pass)
    let attended = attention.trace(decoder: top, history: state.history, state.memory, pass)
    let spans = AttentionSpan.oneEach(
      of: state.sentences, sources: state.memory.states.offsets)
    attention.forward(
      decoder: top, state.memory, spans: spans[...], contexts: contexts, attended, pass)
    let history = state.history.map { workspace.matrix(rows: rows, columns: $0.columns) }
    attention.addHistory(of: attended, into: history, pass)
    var (read, fed) = (features, contexts)
    if let layer = decoder.attentional, let attentional {
      fed = workspace.matrix(rows: rows, columns: layer.size)
      layer.forward(features, with: attentional, into: fed, pass)
      read = fed
    }
    return (
      readout.read(read, embedded: embedded, pass), attended.weights,
      State(
        memory: state.memory, sentences: state.sentences, layers: next, fed: fed, history: history)
    )
  }
}
