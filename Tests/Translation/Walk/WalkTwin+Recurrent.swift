import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor

@testable import DragomanTranslation

/// Recurrent encoders and decoders.
extension WalkTwin {
  // MARK: Cells

  mutating func checkCell(
    _ name: String, _ kind: CellKind, _ step: WalkCell, x: [Double], before: WalkState,
    isNormalized: Bool
  ) {
    let size = step.state.hidden.count
    func product(_ side: String, _ x: [Double]) -> [[Double]] {
      let y = times(weight("\(name).\(side)Weight"), x)
      let own = vector("\(name).\(side)Bias")
      let bias = kind == .ssru ? Array(repeating: 0, count: size) + own : own
      let gain = isNormalized ? vector("\(name).\(side)Gain") : []
      return kind.gates.indices.map { gate in
        let range = (gate * size)..<((gate + 1) * size)
        let values = Array(y[range])
        let mean = values.reduce(0, +) / Double(size)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(size)
        return range.map { i in
          isNormalized
            ? gain[i] * (y[i] - mean) / (variance + 1e-5).squareRoot() + bias[i] : y[i] + bias[i]
        }
      }
    }
    let a = product("input", x)
    let u = kind == .ssru ? a : product("recurrent", doubles(before.hidden))
    let gates = step.gates.map(doubles)
    let h = doubles(before.hidden)
    let units = 0..<size
    switch kind {
    case .gru:
      expect("\(name) r", step.gates[0], units.map { sigmoid(a[0][$0] + u[0][$0]) })
      expect("\(name) z", step.gates[1], units.map { sigmoid(a[1][$0] + u[1][$0]) })
      expect("\(name) n", step.gates[2], units.map { tanh(a[2][$0] + gates[0][$0] * u[2][$0]) })
      expect(
        "\(name) h", step.state.hidden,
        units.map { (1 - gates[1][$0]) * gates[2][$0] + gates[1][$0] * h[$0] })
    case .lstm:
      for gate in 0..<4 {
        expect(
          "\(name) gate \(gate)", step.gates[gate],
          units.map {
            gate == 2 ? tanh(a[2][$0] + u[2][$0]) : sigmoid(a[gate][$0] + u[gate][$0])
          })
      }
      let old = doubles(before.cell ?? [])
      expect(
        "\(name) m", step.state.cell ?? [],
        units.map { gates[1][$0] * old[$0] + gates[0][$0] * gates[2][$0] })
      let new = doubles(step.state.cell ?? [])
      expect("\(name) h", step.state.hidden, units.map { gates[3][$0] * tanh(new[$0]) })
    case .ssru:
      expect("\(name) x̃", step.gates[0], a[0])
      expect("\(name) f", step.gates[1], a[1].map(sigmoid))
      let old = doubles(before.cell ?? [])
      expect(
        "\(name) m", step.state.cell ?? [],
        units.map { gates[1][$0] * old[$0] + (1 - gates[1][$0]) * gates[0][$0] })
      expect(
        "\(name) h", step.state.hidden, doubles(step.state.cell ?? []).map { max($0, 0) })
    }
  }

  // MARK: Encoder

  mutating func check(_ encoder: RecurrentEncoderWalk) {
    var below = walk.embeddings
    for (layer, recurrences) in encoder.layers.enumerated() {
      for recurrence in recurrences {
        var state = recurrence.initial
        for (index, step) in recurrence.steps.enumerated() {
          let position = recurrence.isBackward ? below.count - 1 - index : index
          expect("\(recurrence.name) input", step.input, doubles(below[position]))
          checkCell(
            recurrence.name, encoder.configuration.cell, step,
            x: doubles(below[position]),
            before: state, isNormalized: encoder.configuration.layerNormalization)
          state = step.state
        }
      }
      let isSum = encoder.configuration.residual && layer > 0
      for position in below.indices {
        let joined = recurrences.flatMap { doubles($0.step(at: position).state.hidden) }
        let output = isSum ? zip(joined, doubles(below[position])).map(+) : joined
        expect("output \(layer)", encoder.outputs[layer][position], output)
      }
      below = encoder.outputs[layer]
    }
  }

  // MARK: Decoder

  mutating func check(_ decoder: RecurrentDecoderWalk) {
    if let keys = decoder.keys {
      let name = configuration.attention.score == .additive ? "keyWeight" : "weight"
      for (key, state) in zip(keys, walk.states) {
        expect("k", key, times(weight("attention.\(name)"), doubles(state)))
      }
    }
    checkStart(decoder)
    for t in decoder.steps.indices { checkStep(decoder, t) }
  }

  private mutating func checkStart(_ decoder: RecurrentDecoderWalk) {
    let choices = decoder.configuration
    let layers: [[WalkRecurrence]]
    switch walk.encoder {
    case .recurrent(let encoder): layers = encoder.layers
    case .transformer, .vision, .convolutional, .features: layers = []
    }
    for (layer, start) in decoder.start.enumerated() {
      let place = choices.initialState == .layerwise ? layer : layers.count - 1
      let own = layers.isEmpty ? [] : layers[place]
      let used = choices.initialState == .backward ? [own[1]] : own
      let count = Double(walk.states.count)
      let mean = walk.states[0].indices.map { unit in
        walk.states.reduce(0) { $0 + Double($1[unit]) } / count
      }
      let isMean = choices.initialState == .mean
      let finals = used.map { $0.steps[$0.steps.count - 1].state }
      let hidden = isMean ? mean : finals.flatMap { doubles($0.hidden) }
      let cells = isMean ? mean : finals.flatMap { doubles($0.cell ?? []) }
      func bridged(_ name: String, _ source: [Double]) -> [Double] {
        if choices.initialState == .zero || source.isEmpty {
          return Array(repeating: 0, count: choices.hidden)
        }
        guard choices.bridge else { return source }
        return linear("bridge.\(layer).\(name)", source).map(tanh)
      }
      if choices.cell == .ssru {
        expect("start m", start.cell ?? [], bridged("cell", hidden))
        continue
      }
      expect("start h", start.hidden, bridged("hidden", hidden))
      if let cell = start.cell { expect("start m", cell, bridged("cell", cells)) }
    }
  }

  private mutating func checkStep(_ decoder: RecurrentDecoderWalk, _ t: Int) {
    let step = decoder.steps[t]
    let choices = decoder.configuration
    let word = row(walk.steps[t].input, of: "decoder")
    expect("word", step.layers[0].input, word)
    let before = t == 0 ? nil : decoder.steps[t - 1]
    let fed: [Double]? =
      switch choices.feeding {
      case .none: nil
      case .context: doubles(before?.context ?? step.context.map { _ in 0 })
      case .attentional: doubles(before?.attentional ?? (step.attentional ?? []).map { _ in 0 })
      }
    expect("fed", step.fed ?? [], fed ?? [])
    var x = word + (fed ?? [])
    var output: [Double] = []
    for (layer, cell) in step.layers.enumerated() {
      if layer > 0 { expect("decoder input", cell.input, x) }
      checkCell(
        "decoder.\(layer)", choices.cell, cell, x: x,
        before: before?.layers[layer].state ?? decoder.start[layer],
        isNormalized: choices.layerNormalization)
      let hidden = doubles(cell.state.hidden)
      output = choices.residual && layer > 0 ? zip(hidden, x).map(+) : hidden
      x = output
    }
    expect("s", step.state, output)
    checkAttention(decoder, t)
    checkReadout(decoder, t, word)
  }

  private mutating func checkAttention(_ decoder: RecurrentDecoderWalk, _ t: Int) {
    let (step, weights) = (decoder.steps[t], walk.steps[t].weights)
    let s = doubles(step.state)
    let states = walk.states.map(doubles)
    if let coverage = step.coverage {
      expect(
        "C", coverage,
        states.indices.map { i in walk.steps[..<t].reduce(0) { $0 + Double($1.weights[i]) } })
    }
    let reach = min(decoder.reach ?? states.count, states.count)
    let scores: [Double] = (0..<reach).map { i in
      switch configuration.attention.score {
      case .additive:
        let q = times(weight("attention.queryWeight"), s)
        let k = times(weight("attention.keyWeight"), states[i])
        let w = configuration.attention.coverage ? vector("attention.coverageWeight") : []
        let covered = Double(step.coverage?[i] ?? 0)
        let τ = q.indices.map { tanh(q[$0] + k[$0] + (w.isEmpty ? 0 : w[$0] * covered)) }
        return dot(vector("attention.vector"), τ)
      case .dot: return dot(s, states[i])
      case .general: return dot(s, times(weight("attention.weight"), states[i]))
      case .location: return times(weight("attention.weight"), s)[i]
      }
    }
    expect("e", Array(step.scores.prefix(reach)), scores)
    let powers = scores.map(exponential)
    let sum = powers.reduce(0, +)
    expect(
      "α", weights,
      powers.map { $0 / sum } + Array(repeating: 0, count: states.count - reach))
    let context = states[0].indices.map { unit in
      states.indices.reduce(0) { $0 + Double(weights[$1]) * states[$1][unit] }
    }
    guard let gate = step.gate else {
      expect("c", step.context, context)
      return
    }
    let asked = zip(vector("attention.gate.weight"), doubles(step.state)).reduce(0) {
      $0 + $1.0 * $1.1
    }
    let open = 1 / (1 + exponential(-asked - vector("attention.gate.bias")[0]))
    expect("β", [gate], [open])
    expect("c", step.context, context.map { open * $0 })
  }

  private mutating func checkReadout(
    _ decoder: RecurrentDecoderWalk, _ t: Int, _ word: [Double]
  ) {
    let own = decoder.steps[t]
    let features = doubles(own.state) + doubles(own.context)
    var read = features
    if let attentional = own.attentional {
      read = linear("attentional", features).map(tanh)
      expect("h̃", attentional, read)
      read = doubles(attentional)
    }
    if let deep = own.deep {
      let input = read + (decoder.configuration.output.embedding ? word : [])
      expect("t", deep, linear("deepOutput", input).map(tanh))
      read = doubles(deep)
    }
    checkOutput(t, read)
  }
}
