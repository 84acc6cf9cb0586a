package import DragomanLayers
import DragomanTensor

/// The decoder's first states, made of what the encoder gives.
///
///     s₀ = h        or, over a bridge,        s₀ = tanh(W h + b)
///
/// with h the final state that ``InitialState`` names, and likewise m for an LSTM; a bridge is one per
/// decoder layer and state. A GRU encoder has no m, so that an LSTM decoder's starts at 0.
/// Bahdanau et al. 2015, appendix A.2.2 (backward, with a bridge); Luong et al. 2015 (layer by layer).
///
/// The mean, h̄ = (1/S) Σᵢ hᵢ, is of what attention looks at, and a bridge makes m of it as well (Xu et al. 2015,
/// section 3.1.2); without one an LSTM's m starts at 0.
///
/// A cell whose h leads nowhere, an SSRU, has its m start where that of others' h does.
package struct RecurrentStart: Sendable {
  /// A map for h and, where both sides have one, for m.
  struct Bridge: Sendable {
    /// To h; to m if that is what starts.
    let hidden: Linear
    let cell: Linear?
  }

  let kind: InitialState
  /// One per decoder layer; none where states are copied.
  let bridges: [Bridge]
  let decoderLayers: Int
  /// Whether m has a start beside that of h.
  let decoderHasCell: Bool
  /// Whether m has the start that h of others has.
  let startsCell: Bool
  let decoderHidden: Int

  /// Adds the bridges `bridge.0.hidden.…`, `bridge.0.cell.…` … to the layout.
  init(
    _ decoder: RecurrentDecoderConfiguration, from encoder: EncoderConfiguration,
    layout: inout ParameterLayout
  ) {
    kind = decoder.initialState
    decoderLayers = decoder.layers
    startsCell = !decoder.cell.hasRecurrentProduct
    decoderHasCell = decoder.cell.hasCell && !startsCell
    decoderHidden = decoder.hidden
    var bridges: [Bridge] = []
    let encoderHasCell = encoder.recurrent?.cell.hasCell ?? false
    if decoder.bridge, let width = decoder.initialStateWidth(of: encoder) {
      for index in 0..<decoder.layers {
        let hidden = Linear(
          name: "bridge.\(index).\(startsCell ? "cell" : "hidden")", from: width,
          to: decoder.hidden, layout: &layout)
        let cell =
          decoderHasCell && (encoderHasCell || kind == .mean)
          ? Linear(
            name: "bridge.\(index).cell", from: width, to: decoder.hidden, layout: &layout) : nil
        bridges.append(Bridge(hidden: hidden, cell: cell))
      }
    }
    self.bridges = bridges
  }

  /// What the backward pass needs.
  package struct Trace {
    /// For each decoder layer, the encoder's state.
    var sources: [CellState] = []
    /// For each decoder layer its first state, in the order of the batch.
    package var results: [CellState] = []
    /// How the mean was taken, if it was.
    var mean: SentenceMean?
    /// The final states that there are to start from.
    var finals: [[CellState]] = []
  }

  /// The encoder layer, of so many, whose final state a decoder layer starts from.
  private func encoderLayer(for layer: Int, of count: Int) -> Int {
    kind == .layerwise ? layer : count - 1
  }

  /// The directions of it, of so many, that are used.
  private func directions(of count: Int) -> Range<Int> {
    kind == .backward ? 1..<2 : 0..<count
  }
}

// MARK: - Forward

extension RecurrentStart {
  /// The first state of each decoder layer, in the order of the batch.
  func forward(_ encoded: EncodedSource, _ pass: Pass) -> Trace {
    var trace = Trace()
    trace.finals = encoded.finals ?? []
    let sentences = encoded.states.sentences
    trace.mean = kind == .mean ? SentenceMean(of: encoded.states, pass) : nil
    let mean = trace.mean?.forward(encoded.states.matrix, pass)
    for index in 0..<decoderLayers {
      guard kind != .zero else {
        trace.results.append(
          .zeros(
            rows: sentences, hidden: decoderHidden, hasCell: decoderHasCell || startsCell,
            pass.workspace))
        continue
      }
      let source =
        mean.map { CellState(hidden: $0, cell: bridges.isEmpty || !decoderHasCell ? nil : $0) }
        ?? finalState(for: index, trace.finals, pass)
      trace.sources.append(source)
      guard !bridges.isEmpty else {
        trace.results.append(start(source.hidden, cell: source.cell, pass))
        continue
      }
      let bridge = bridges[index]
      var bridged: Matrix?
      if let linear = bridge.cell, let source = source.cell { bridged = map(linear, source, pass) }
      trace.results.append(
        start(map(bridge.hidden, source.hidden, pass), cell: bridged, pass))
    }
    return trace
  }

  /// The final state of the encoder that a decoder layer starts from.
  private func finalState(for index: Int, _ finals: [[CellState]], _ pass: Pass) -> CellState {
    let states = finals[encoderLayer(for: index, of: finals.count)]
    return join(Array(states[directions(of: states.count)]), pass)
  }

  /// The state of a decoder layer of s₀ and, if there is something to make it of, m₀; zeros if there is nothing.
  private func start(_ state: Matrix, cell: Matrix?, _ pass: Pass) -> CellState {
    let zeros = { pass.workspace.zeros(rows: state.rows, columns: self.decoderHidden) }
    return startsCell
      ? CellState(hidden: zeros(), cell: state)
      : CellState(hidden: state, cell: decoderHasCell ? cell ?? zeros() : nil)
  }

  private func map(_ linear: Linear, _ source: Matrix, _ pass: Pass) -> Matrix {
    let result = linear.forward(source, pass)
    pass.kernels.tanh(result)
    return result
  }

  /// States of several directions side by side.
  private func join(_ states: [CellState], _ pass: Pass) -> CellState {
    guard states.count > 1 else { return states[0] }
    func join(_ parts: [Matrix]) -> Matrix {
      let width = parts[0].columns
      let result = pass.workspace.matrix(rows: parts[0].rows, columns: width * parts.count)
      for (index, part) in parts.enumerated() {
        pass.kernels.copy(part, to: result.columns((index * width)..<((index + 1) * width)))
      }
      return result
    }
    let cells = states.compactMap(\.cell)
    return CellState(
      hidden: join(states.map(\.hidden)), cell: cells.isEmpty ? nil : join(cells))
  }
}

// MARK: - Backward

extension RecurrentStart {
  /// Adds to the bridges' gradients and returns, for each encoder layer and direction, the gradient of the
  /// final state, given that of each decoder layer's first state; `nil` if no final state was used.
  ///
  /// In the forward pass, for each decoder layer: h = the states of an encoder layer's directions side by side, or
  /// their mean over the sentence; s₀ = tanh(W h + b), or h. An encoder's state that several layers start from gets the
  /// sum.
  ///
  /// That of a mean goes to the gradient of the encoder's top states instead, `[N, D]`, and is added to it.
  func backward(
    _ stateGradients: [CellState], encoderStates: Matrix, _ trace: Trace, _ pass: Pass,
    gradients: Parameters
  ) -> [[CellState?]]? {
    guard kind != .zero else { return nil }
    var finals = trace.finals.map { [CellState?](repeating: nil, count: $0.count) }
    for (index, gradient) in stateGradients.enumerated() {
      let gradient = startsCell ? gradient.cellAsHidden : gradient
      let source = backwardBridge(gradient, index, trace, pass, gradients: gradients)
      if let mean = trace.mean {
        mean.backward(source.hidden, addingTo: encoderStates, pass)
        if let cell = source.cell { mean.backward(cell, addingTo: encoderStates, pass) }
        continue
      }
      // In the forward pass the states of the directions were put side by side.
      let layer = encoderLayer(for: index, of: finals.count)
      let hidden = trace.finals[layer][0].hidden.columns
      for (place, direction) in directions(of: finals[layer].count).enumerated() {
        let part = source.columns((place * hidden)..<((place + 1) * hidden))
        if let sum = finals[layer][direction] {
          sum.add(part, pass.kernels)
        } else {
          finals[layer][direction] = part
        }
      }
    }
    return trace.mean == nil ? finals : nil
  }

  /// The gradient of the encoder's state, given that of a decoder layer's first one: back through s₀ = tanh(W h + b),
  /// or through a copy.
  private func backwardBridge(
    _ gradient: CellState, _ index: Int, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) -> CellState {
    let source = trace.sources[index]
    let result = CellState.zeros(
      rows: source.hidden.rows, hidden: source.hidden.columns, hasCell: source.cell != nil,
      pass.workspace)
    guard !bridges.isEmpty else {
      result.add(gradient, pass.kernels)
      return result
    }
    let bridged = startsCell ? trace.results[index].cellAsHidden : trace.results[index]
    pass.kernels.tanhBackward(gradient.hidden, output: bridged.hidden)
    bridges[index].hidden.backward(
      gradient.hidden, input: source.hidden, inputGradient: result.hidden, pass,
      gradients: gradients)
    if let bridge = bridges[index].cell, let delta = gradient.cell, let output = bridged.cell,
      let input = source.cell, let inputGradient = result.cell
    {
      pass.kernels.tanhBackward(delta, output: output)
      bridge.backward(
        delta, input: input, inputGradient: inputGradient, pass, gradients: gradients)
    }
    return result
  }
}
