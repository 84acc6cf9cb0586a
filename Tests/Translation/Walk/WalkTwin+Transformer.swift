import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor

@testable import DragomanTranslation

/// Transformers' encoders and decoders.
extension WalkTwin {
  /// What a stack is like, whichever its side.
  private struct Stack {
    let side: String
    let heads: Int
    let window: Int?
    let normalizer: AttentionHeads.Normalizer
    let activation: Activation
    let place: NormalizationPlace

    init(_ encoder: TransformerEncoderConfiguration) {
      (side, heads, window) = ("encoder", encoder.heads, encoder.window)
      (normalizer, activation) = (encoder.normalizer, encoder.activation)
      place = encoder.normalization
    }

    init(_ decoder: TransformerDecoderConfiguration) {
      (side, heads, window) = ("decoder", decoder.heads, decoder.window)
      (normalizer, activation) = (decoder.normalizer, decoder.activation)
      place = decoder.normalization
    }
  }

  mutating func check(_ encoder: TransformerEncoderWalk) {
    let tokens = walk.source.tokens
    check(encoder.input, tokens, "encoder", width: encoder.configuration.width)
    let outputs = check(encoder.layers, encoder.input.sums, Stack(encoder.configuration))
    for (found, expected) in zip(walk.states, outputs) { expect("h", found, expected) }
  }

  mutating func check(_ decoder: TransformerDecoderWalk) {
    let tokens = walk.steps.map(\.input)
    check(decoder.input, tokens, "decoder", width: decoder.configuration.width)
    let outputs = check(decoder.layers, decoder.input.sums, Stack(decoder.configuration))
    for (t, step) in walk.steps.enumerated() {
      expect("s", decoder.states[t], outputs[t])
      checkOutput(t, doubles(decoder.states[t]))
      expect("α of all heads", step.weights, mean(decoder, t))
    }
  }

  /// The mean of the last layer's heads.
  private func mean(_ decoder: TransformerDecoderWalk, _ t: Int) -> [Double] {
    guard case .cross(let heads) = decoder.layers[decoder.layers.count - 1][1].work else {
      return []
    }
    return walk.states.indices.map { i in
      heads.views[t].reduce(0) { $0 + Double($1.weights[i]) } / Double(heads.views[t].count)
    }
  }

  private mutating func check(_ input: WalkInput, _ tokens: [WalkToken], _ side: String, width: Int)
  {
    expect("rows of \(side)", [Float(input.words.count)], [Double(tokens.count)])
    for (i, token) in tokens.enumerated() {
      expect("X[y]", input.words[i], row(token, of: side))
      let word = doubles(input.words[i])
      let mapped = word.count == width ? word : linear("\(side).input", word)
      expect("√D X[y]", input.scaled[i], mapped.map { $0 * Double(width).squareRoot() })
      expect("ρ", input.positions[i], position(i, side, width))
      expect(
        "x", input.sums[i], zip(input.scaled[i], input.positions[i]).map { Double($0) + Double($1) }
      )
    }
  }

  private func position(_ i: Int, _ side: String, _ width: Int) -> [Double] {
    if let table = file.weights[named: "\(side).positions"] {
      let row = min(i, table.rows - 1)
      return doubles(table.rows(row..<(row + 1)).elements)
    }
    return (0..<width).map { j in
      let angle = Double(i) / power(10_000, Double(j / 2 * 2) / Double(width))
      return j.isMultiple(of: 2) ? sine(angle) : sine(angle + Double.pi / 2)
    }
  }

  /// Checks the parts of each layer and gives what comes out of the top.
  private mutating func check(
    _ layers: [[WalkPart]], _ input: [[Float]], _ stack: Stack
  ) -> [[Double]] {
    var x = input
    for (layer, parts) in layers.enumerated() {
      for (index, part) in parts.enumerated() {
        check(part, x, "\(stack.side).\(layer).norm.\(index)", stack)
        x = part.outputs
      }
    }
    switch stack.place {
    case .before: return x.map { normalized(doubles($0), "\(stack.side).norm") }
    case .after: return x.map(doubles)
    }
  }

  private mutating func check(_ part: WalkPart, _ x: [[Float]], _ norm: String, _ stack: Stack) {
    let read = part.normalized ?? x
    for i in x.indices {
      switch stack.place {
      case .before:
        expect("\(norm) LN(x)", part.normalized?[i] ?? [], normalized(doubles(x[i]), norm))
      case .after:
        expect(
          "\(norm) LN(x + y)", part.renormalized?[i] ?? [], normalized(doubles(part.sums[i]), norm))
      }
      expect(
        "\(norm) x + y", part.sums[i], zip(x[i], part.given[i]).map { Double($0) + Double($1) })
      checkWork(part, read, at: i, stack)
    }
  }

  private mutating func checkWork(_ part: WalkPart, _ read: [[Float]], at i: Int, _ stack: Stack) {
    let x = doubles(read[i])
    switch part.work {
    case .selfAttention(let heads):
      let width = x.count
      let projected = linear("\(part.name).queryKeyValue", x)
      expect("\(part.name) q", heads.queries[i], Array(projected[..<width]))
      expect("\(part.name) k", heads.keys[i], Array(projected[width..<(2 * width)]))
      expect("\(part.name) v", heads.values[i], Array(projected[(2 * width)...]))
      let reach = stack.window ?? read.count
      let end = stack.side == "decoder" ? i : min(i + reach, read.count - 1)
      checkHeads(heads, part, at: i, seen: max(i - reach, 0)..<(end + 1), stack)
    case .recurrence(let recurrence):
      checkCell(
        part.name, .ssru, recurrence.steps[i], x: x,
        before: i == 0 ? recurrence.initial : recurrence.steps[i - 1].state, isNormalized: false)
      expect("\(part.name) m_0", recurrence.initial.cell ?? [], x.map { _ in 0 })
      expect("\(part.name) y", part.given[i], doubles(recurrence.steps[i].state.hidden))
    case .cross(let heads):
      expect("\(part.name) q", heads.queries[i], linear("\(part.name).query", x))
      for (j, state) in walk.states.enumerated() where i == 0 {
        let projected = linear("\(part.name).keyValue", doubles(state))
        expect("\(part.name) k", heads.keys[j], Array(projected[..<x.count]))
        expect("\(part.name) v", heads.values[j], Array(projected[x.count...]))
      }
      checkHeads(heads, part, at: i, seen: 0..<walk.states.count, stack)
    case .feedForward(let inner, let activated):
      expect("\(part.name) a", inner[i], linear("\(part.name).inner", x))
      expect("\(part.name) φ(a)", activated[i], inner[i].map { bent(Double($0), stack.activation) })
      expect("\(part.name) y", part.given[i], linear("\(part.name).outer", doubles(activated[i])))
    }
  }

  private mutating func checkHeads(
    _ heads: WalkHeads, _ part: WalkPart, at i: Int, seen: Range<Int>, _ stack: Stack
  ) {
    let size = heads.queries[i].count / stack.heads
    expect("\(part.name) heads", [Float(heads.views[i].count)], [Double(stack.heads)])
    var results: [Double] = []
    for (head, view) in heads.views[i].enumerated() {
      let columns = (head * size)..<((head + 1) * size)
      func block(_ rows: [[Float]], _ j: Int) -> [Double] { doubles(Array(rows[j][columns])) }
      expect(
        "\(part.name) seen", [Float(view.seen.lowerBound), Float(view.seen.upperBound)],
        [Double(seen.lowerBound), Double(seen.upperBound)])
      let scores = seen.map { j in
        dot(block(heads.queries, i), block(heads.keys, j)) / Double(size).squareRoot()
      }
      expect("\(part.name) e", view.scores, scores)
      let top = scores.max() ?? 0
      let powers = scores.map { exponential($0 - top) }
      let sum = powers.reduce(0, +)
      expect(
        "\(part.name) α", view.weights,
        stack.normalizer == .softmax
          ? powers.map { $0 / sum } : scores.map { max($0, 0) / Double(seen.count) })
      results += (0..<size).map { unit in
        zip(seen, view.weights).reduce(0) { $0 + Double($1.1) * block(heads.values, $1.0)[unit] }
      }
    }
    expect("\(part.name) r", heads.results[i], results)
    expect(
      "\(part.name) y", part.given[i], linear("\(part.name).output", doubles(heads.results[i])))
  }

  private func normalized(_ x: [Double], _ name: String) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    let (gain, bias) = (vector("\(name).gain"), vector("\(name).bias"))
    return x.indices.map { gain[$0] * (x[$0] - mean) / (variance + 1e-5).squareRoot() + bias[$0] }
  }

  private func bent(_ a: Double, _ activation: Activation) -> Double {
    switch activation {
    case .relu: max(a, 0)
    case .gelu: a * normal(a)
    case .silu: a * sigmoid(a)
    }
  }

  /// Φ(a), the density from 0 to a by Simpson's rule.
  private func normal(_ a: Double) -> Double {
    func density(_ x: Double) -> Double { exponential(-x * x / 2) / (2 * Double.pi).squareRoot() }
    let (pieces, width) = (400, a / 400)
    let sum = (0...pieces).reduce(0.0) { sum, i in
      let factor = i == 0 || i == pieces ? 1.0 : i.isMultiple(of: 2) ? 2 : 4
      return sum + factor * density(Double(i) * width)
    }
    return 0.5 + sum * width / 3
  }

  private func power(_ base: Double, _ exponent: Double) -> Double {
    exponential(exponent * logarithm(base))
  }

  /// sin x, by its series after as many full turns are taken off.
  private func sine(_ x: Double) -> Double {
    let angle = x.remainder(dividingBy: 2 * .pi)
    var (term, sum) = (angle, angle)
    for n in 1...20 {
      term *= -angle * angle / Double(2 * n * (2 * n + 1))
      sum += term
    }
    return sum
  }
}
