package import DragomanLayers
import DragomanTensor

/// The decoder's first states, made of the encoder's last ones.
///
///     s₀ = h        or, over a bridge,        s₀ = tanh(W h + b)
///
/// with h the final state that ``InitialState`` names, and likewise c for an LSTM; a bridge is one per
/// decoder layer and state. A GRU encoder has no c, so that an LSTM decoder's starts at 0.
/// Bahdanau et al. 2015, appendix A.2.2 (backward, with a bridge); Luong et al. 2015 (layer by layer).
///
/// The mean, h̄ = (1/S) Σᵢ hᵢ, is of what attention looks at, and a bridge makes c of it as well (Xu et al. 2015,
/// section 3.1.2); without one an LSTM's c starts at 0.
package struct DecoderStart: Sendable {
  /// A map for h and, where both sides have one, for c.
  struct Bridge: Sendable {
    let hidden: Linear
    let cell: Linear?
  }

  let kind: InitialState
  /// One per decoder layer; none where states are copied.
  let bridges: [Bridge]
  let decoderLayers: Int
  let decoderHasCell: Bool
  let decoderHidden: Int

  /// What the way back needs.
  package struct Trace {
    /// For each decoder layer, the encoder's state and what the bridge made of it.
    var sources: [CellState] = []
    package var results: [CellState] = []
    /// How the mean was taken, if it was.
    var mean: SentenceMean?
  }

  /// The encoder layer whose final state a decoder layer starts from.
  private func encoderLayer(for layer: Int, _ encoder: Encoder) -> Int {
    kind == .layerwise ? layer : encoder.layers.count - 1
  }

  /// The directions of it that are used.
  private func directions(_ encoder: Encoder, layer: Int) -> Range<Int> {
    kind == .backward ? 1..<2 : 0..<encoder.layers[layer].recurrences.count
  }

  /// The first state of each decoder layer, in the order of the batch.
  func forward(
    _ encoder: Encoder, _ encoded: Encoder.Trace, _ pass: Pass
  ) -> Trace {
    var trace = Trace()
    let sentences = encoded.states.sentences
    trace.mean = kind == .mean ? SentenceMean(of: encoded.states, pass) : nil
    let mean = trace.mean?.forward(encoded.states.matrix, pass)
    for index in 0..<decoderLayers {
      guard kind != .zero else {
        trace.results.append(
          .zeros(
            rows: sentences, hidden: decoderHidden, hasCell: decoderHasCell, pass.workspace))
        continue
      }
      let source =
        mean.map { CellState(hidden: $0, cell: bridges.isEmpty || !decoderHasCell ? nil : $0) }
        ?? finalState(for: index, encoder, encoded, pass)
      trace.sources.append(source)
      guard !bridges.isEmpty else {
        trace.results.append(
          CellState(hidden: source.hidden, cell: cell(source.cell, rows: sentences, pass)))
        continue
      }
      let bridge = bridges[index]
      let bridged = zip2(bridge.cell, source.cell).map { map($0, $1, pass) }
      trace.results.append(
        CellState(
          hidden: map(bridge.hidden, source.hidden, pass),
          cell: cell(bridged, rows: sentences, pass)))
    }
    return trace
  }

  /// The final state of the encoder that a decoder layer starts from.
  private func finalState(
    for index: Int, _ encoder: Encoder, _ encoded: Encoder.Trace, _ pass: Pass
  ) -> CellState {
    let layer = encoderLayer(for: index, encoder)
    let finals = encoder.finalStates(layer: layer, encoded, pass)
    return join(Array(finals[directions(encoder, layer: layer)]), pass)
  }

  /// The c of a decoder layer: what came from the encoder, zeros, or none.
  private func cell(_ source: Matrix?, rows: Int, _ pass: Pass) -> Matrix? {
    decoderHasCell
      ? source ?? pass.workspace.zeros(rows: rows, columns: decoderHidden) : nil
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

  /// Adds to the bridges' gradients and returns, for each encoder layer and direction, the gradient of the
  /// final state, given that of each decoder layer's first state.
  ///
  /// That of a mean goes to the gradient of the encoder's top states instead, `[N, D]`, and is added to it.
  func backward(
    _ stateGradients: [CellState], encoderStates: Matrix, _ encoder: Encoder, _ trace: Trace,
    _ pass: Pass, gradients: Parameters
  ) -> [[CellState?]] {
    var finals = encoder.layers.map { [CellState?](repeating: nil, count: $0.recurrences.count) }
    guard kind != .zero else { return finals }
    for (index, gradient) in stateGradients.enumerated() {
      let source = trace.sources[index]
      let sourceGradient = CellState.zeros(
        rows: source.hidden.rows, hidden: source.hidden.columns, hasCell: source.cell != nil,
        pass.workspace)
      if bridges.isEmpty {
        pass.kernels.add(gradient.hidden, to: sourceGradient.hidden)
        if let from = gradient.cell, let to = sourceGradient.cell { pass.kernels.add(from, to: to) }
      } else {
        let result = trace.results[index]
        pass.kernels.tanhBackward(gradient.hidden, output: result.hidden)
        bridges[index].hidden.backward(
          gradient.hidden, input: source.hidden, inputGradient: sourceGradient.hidden, pass,
          gradients: gradients)
        if let bridge = bridges[index].cell, let delta = gradient.cell, let output = result.cell,
          let input = source.cell, let inputGradient = sourceGradient.cell
        {
          pass.kernels.tanhBackward(delta, output: output)
          bridge.backward(
            delta, input: input, inputGradient: inputGradient, pass, gradients: gradients)
        }
      }
      if let mean = trace.mean {
        mean.backward(sourceGradient.hidden, addingTo: encoderStates, pass)
        if let cell = sourceGradient.cell { mean.backward(cell, addingTo: encoderStates, pass) }
        continue
      }
      let layer = encoderLayer(for: index, encoder)
      let hidden = encoder.layers[layer].hidden
      for (place, direction) in directions(encoder, layer: layer).enumerated() {
        let columns = (place * hidden)..<((place + 1) * hidden)
        let part = CellState(
          hidden: sourceGradient.hidden.columns(columns),
          cell: sourceGradient.cell?.columns(columns))
        if let sum = finals[layer][direction] {
          pass.kernels.add(part.hidden, to: sum.hidden)
          if let from = part.cell, let to = sum.cell { pass.kernels.add(from, to: to) }
        } else {
          finals[layer][direction] = part
        }
      }
    }
    return finals
  }
}

/// Both values, if there are two.
private func zip2<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
  guard let a, let b else { return nil }
  return (a, b)
}

extension DecoderStart {
  /// Adds the bridges `bridge.0.hidden.…`, `bridge.0.cell.…` … to the layout.
  init(_ configuration: ModelConfiguration, encoder: Encoder, layout: inout ParameterLayout) {
    let decoder = configuration.decoder
    kind = decoder.initialState
    decoderLayers = decoder.layers
    decoderHasCell = decoder.cell.cell.hasCell
    decoderHidden = decoder.hidden
    var bridges: [Bridge] = []
    if decoder.bridge, let width = configuration.initialStateWidth {
      for index in 0..<decoder.layers {
        let hidden = Linear(
          name: "bridge.\(index).hidden", from: width, to: decoder.hidden, layout: &layout)
        let cell =
          decoder.cell.cell.hasCell && (encoder.hasCell || kind == .mean)
          ? Linear(
            name: "bridge.\(index).cell", from: width, to: decoder.hidden, layout: &layout) : nil
        bridges.append(Bridge(hidden: hidden, cell: cell))
      }
    }
    self.bridges = bridges
  }
}
