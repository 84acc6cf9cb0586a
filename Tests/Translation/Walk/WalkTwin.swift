import DragomanTestSupport
import DragomanSystem
import DragomanModels
import DragomanLayers
import DragomanTensor

@testable import DragomanTranslation

/// A walk computed anew in double precision, each number from those of the walk before it.
struct WalkTwin {
  /// What was computed, and how far the walk is from it.
  private(set) var deviations: [(name: String, distance: Double)] = []

  private let file: ModelFile
  private let walk: Walk
  private let encoder: RecurrentEncoderWalk
  private let decoder: RecurrentDecoderWalk
  private var configuration: ModelConfiguration { walk.configuration }

  init(_ file: ModelFile, _ walk: Walk) {
    self.file = file
    self.walk = walk
    switch walk.encoder {
    case .recurrent(let encoder): self.encoder = encoder
    }
    switch walk.decoder {
    case .recurrent(let decoder): self.decoder = decoder
    }
    checkEncoder()
    checkStart()
    for t in walk.steps.indices { checkStep(t) }
  }

  private mutating func expect(_ name: String, _ found: [Float], _ expected: [Double]) {
    let distance =
      found.count != expected.count
      ? .infinity : zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
    deviations.append((name, distance))
  }

  // MARK: Arithmetic

  private func weight(_ name: String) -> Matrix {
    guard let weight = file.weights[named: name] else { fatalError("no weight \(name)") }
    return weight
  }

  private func vector(_ name: String) -> [Double] { weight(name).elements.map(Double.init) }

  private func times(_ matrix: Matrix, _ x: [Double]) -> [Double] {
    (0..<matrix.rows).map { row in
      (0..<matrix.columns).reduce(0) { $0 + Double(matrix[row, $1]) * x[$1] }
    }
  }

  private func linear(_ name: String, _ x: [Double]) -> [Double] {
    zip(times(weight("\(name).weight"), x), vector("\(name).bias")).map(+)
  }

  private func doubles(_ values: [Float]) -> [Double] { values.map(Double.init) }
  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }
  private func tanh(_ x: Double) -> Double { 2 * sigmoid(2 * x) - 1 }
  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  // MARK: Cells

  private mutating func checkCell(
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

  private mutating func checkEncoder() {
    let table = weight(configuration.tied.joinsLanguages ? "embedding" : "encoder.embedding")
    for (token, found) in zip(walk.source.tokens, walk.embeddings) {
      let row = Int(token.id)
      expect("x", found, doubles(table.rows(row..<(row + 1)).elements))
    }
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
    if let keys = decoder.keys {
      let name = configuration.attention.score == .additive ? "keyWeight" : "weight"
      for (key, state) in zip(keys, walk.states) {
        expect("k", key, times(weight("attention.\(name)"), doubles(state)))
      }
    }
  }

  private mutating func checkStart() {
    let choices = decoder.configuration
    for (layer, start) in decoder.start.enumerated() {
      let layers = encoder.layers
      let own = layers[choices.initialState == .layerwise ? layer : layers.count - 1]
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

  // MARK: Decoder

  private mutating func checkStep(_ t: Int) {
    let step = decoder.steps[t]
    let choices = decoder.configuration
    let table = weight(
      configuration.tied.joinsLanguages ? "embedding" : "decoder.embedding")
    let id = Int(walk.steps[t].input.id)
    let word = doubles(table.rows(id..<(id + 1)).elements)
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
    checkAttention(t)
    checkOutput(t, word)
  }

  private mutating func checkAttention(_ t: Int) {
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
    expect("c", step.context, context)
  }

  private mutating func checkOutput(_ t: Int, _ word: [Double]) {
    let (step, own) = (walk.steps[t], decoder.steps[t])
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
    let table = configuration.tied == .all ? "embedding" : "decoder.embedding"
    let matrix = weight(configuration.tied.joinsOutput ? table : "output.weight")
    let logits = zip(times(matrix, read), vector("output.bias")).map(+)
    expect("ℓ", step.logits, logits)
    let greatest = logits.max() ?? 0
    let normalizer = greatest + logarithm(logits.reduce(0) { $0 + exponential($1 - greatest) })
    expect("loss", [step.loss], [normalizer - logits[Int(step.output.id)]])
    let best = logits.indices.sorted { (-step.logits[$0], $0) < (-step.logits[$1], $1) }
    expect(
      "best", step.best.map { Float($0.id) }, best.prefix(10).map(Double.init))
    expect(
      "p", step.best.map { Float(step.probability(of: $0.id)) },
      best.prefix(10).map { exponential(logits[$0] - normalizer) })
  }
}
