import DragomanTensor
import Testing

@testable import DragomanLayers

/// Each layer of a Transformer on its own, over ragged sentences, forward and back, against PyTorch in float64.
@Suite struct `Layers of a Transformer agree with PyTorch` {
  private func pass(_ weights: Parameters) -> Pass {
    Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
  }

  /// Gradients of the parameters, each by its name.
  private func expectGradients(
    _ gradients: Parameters, _ layout: ParameterLayout, _ golden: CellFixture
  ) throws {
    for entry in layout.entries {
      let name = String(entry.name.dropFirst("layer.".count))
      expectClose(gradients[entry.handle], try golden.elements("grads", name), "∂\(name)")
    }
  }

  /// Weights of two heads, `[B, h, T, S]`, beside ours, `[N, h·S]`.
  private func expectWeights(
    _ found: Matrix, _ golden: CellFixture, targets: [Int], sources: [Int]
  ) throws {
    let (shape, data) = try golden.tensor("outputs", "weights")
    var row = 0
    for (sentence, length) in targets.enumerated() {
      for query in 0..<length {
        for head in 0..<shape[1] {
          for position in 0..<sources[sentence] {
            let index =
              ((sentence * shape[1] + head) * shape[2] + query) * shape[3] + position
            let value = Double(found[row, head * found.columns / shape[1] + position])
            #expect(abs(value - data[index]) < 1e-5, "\(sentence) \(head) \(query) \(position)")
          }
        }
        row += 1
      }
    }
  }

  static let own: [(String, AttentionHeads)] = [
    ("self_attention", AttentionHeads(count: 2)),
    ("causal_attention", AttentionHeads(count: 2, isCausal: true)),
    ("self_attention_window_2", AttentionHeads(count: 2, window: 2)),
    ("causal_attention_window_2", AttentionHeads(count: 2, isCausal: true, window: 2)),
    ("causal_attention_relu", AttentionHeads(count: 2, isCausal: true, normalizer: .relu)),
  ]

  @Test(arguments: own) func `attention to oneself`(
    _ name: String, _ heads: AttentionHeads
  ) throws {
    let golden = try CellFixture.transformer(name)
    let lengths = try golden.lengths("lengths")
    var layout = ParameterLayout()
    let layer = SelfAttention(
      name: "layer", size: 6, heads: heads, dropout: Dropout(probability: 0, path: "layer"),
      layout: &layout)
    let pass = pass(try golden.parameters(layout))
    let batch = TransformerBatch(offsets: try golden.offsets("lengths"))
    let x = try golden.matrix("inputs", "x", lengths: lengths)
    let output = Matrix(rows: x.rows, columns: 6)
    let trace = layer.forward(
      x, into: output, offsets: batch.offsets, longest: batch.longest, sentences: batch.sentences,
      pass)
    expectClose(output, try golden.elements("outputs", "output", lengths: lengths), "output")
    try expectWeights(trace.weights, golden, targets: lengths, sources: lengths)
    let gradients = Parameters(layout: layout)
    let gradient = layer.backward(
      try golden.matrix("upstream", "output", lengths: lengths), trace, pass, gradients: gradients)
    expectClose(gradient, try golden.elements("grads", "x", lengths: lengths), "∂x")
    try expectGradients(gradients, layout, golden)
  }

  @Test(arguments: [
    ("cross_attention", AttentionHeads.Normalizer.softmax), ("cross_attention_relu", .relu),
  ])
  func `attention to a source`(_ name: String, _ normalizer: AttentionHeads.Normalizer) throws {
    let golden = try CellFixture.transformer(name)
    let (targets, sources) = (try golden.lengths("tgt_len"), try golden.lengths("src_len"))
    var layout = ParameterLayout()
    let layer = CrossAttention(
      name: "layer", size: 6, memory: 10, heads: AttentionHeads(count: 2, normalizer: normalizer),
      dropout: Dropout(probability: 0, path: "layer"), layout: &layout)
    let pass = pass(try golden.parameters(layout))
    let states = RaggedMatrix(
      try golden.matrix("inputs", "memory", lengths: sources),
      offsets: try golden.offsets("src_len"))
    let batch = TransformerBatch(offsets: try golden.offsets("tgt_len"), memory: states)
    let x = try golden.matrix("inputs", "x", lengths: targets)
    let output = Matrix(rows: x.rows, columns: 6)
    let trace = layer.forward(
      x, into: output, offsets: batch.offsets, states, longest: states.longest,
      sentences: batch.sentences, pass)
    expectClose(output, try golden.elements("outputs", "output", lengths: targets), "output")
    try expectWeights(trace.weights, golden, targets: targets, sources: sources)
    let gradients = Parameters(layout: layout)
    let memory = Matrix(rows: states.matrix.rows, columns: 10)
    let gradient = layer.backward(
      try golden.matrix("upstream", "output", lengths: targets), addingTo: memory, trace, pass,
      gradients: gradients)
    expectClose(gradient, try golden.elements("grads", "x", lengths: targets), "∂x")
    expectClose(memory, try golden.elements("grads", "memory", lengths: sources), "∂memory")
    try expectGradients(gradients, layout, golden)
  }

  @Test(arguments: Activation.allCases)
  func `the feed-forward network`(_ activation: Activation) throws {
    let golden = try CellFixture.transformer("feed_forward_\(activation.rawValue)")
    var layout = ParameterLayout()
    let layer = FeedForward(
      name: "layer", size: 6, inner: 9, activation,
      dropout: Dropout(probability: 0, path: "layer"), layout: &layout)
    let pass = pass(try golden.parameters(layout))
    let sentences = [Int32](repeating: 0, count: 7)
    let output = Matrix(rows: sentences.count, columns: 6)
    let trace = layer.forward(
      try golden.matrix("inputs", "x"), into: output, sentences: sentences, pass)
    expectClose(output, try golden.elements("outputs", "output"), "output")
    let gradients = Parameters(layout: layout)
    let x = layer.backward(
      try golden.matrix("upstream", "output"), trace, sentences: sentences, pass,
      gradients: gradients)
    expectClose(x, try golden.elements("grads", "x"), "∂x")
    try expectGradients(gradients, layout, golden)
  }

  @Test func `the norm of a layer`() throws {
    let golden = try CellFixture.transformer("layer_norm")
    var layout = ParameterLayout()
    let layer = LayerNorm(name: "layer", size: 10, layout: &layout)
    let pass = pass(try golden.parameters(layout))
    let (output, kept) = layer.forward(try golden.matrix("inputs", "x"), pass)
    expectClose(output, try golden.elements("outputs", "output"), "output")
    let gradients = Parameters(layout: layout)
    let gradient = try golden.matrix("upstream", "output")
    layer.backward(gradient, kept, pass, gradients: gradients)
    expectClose(gradient, try golden.elements("grads", "x"), "∂x")
    try expectGradients(gradients, layout, golden)
  }

  @Test func `sines and cosines`() throws {
    let golden = try CellFixture.transformer("sinusoid")
    let rows = Matrix(rows: 14, columns: 6)
    let pass = pass(Parameters(layout: ParameterLayout()))
    Sinusoids(size: 6).forward((0..<14).map { Int32($0) }, into: rows, pass)
    expectClose(rows, try golden.elements("outputs", "table"), "positions")
  }

  @Test(arguments: Direction.allCases)
  func `a simpler simple recurrent unit`(_ direction: Direction) throws {
    let golden = try CellFixture.transformer(
      direction == .forward ? "ssru_sequence" : "ssru_sequence_reverse")
    let lengths = try golden.lengths("lengths")
    var layout = ParameterLayout()
    let recurrence = Recurrence(
      layer: RecurrentLayer(name: "layer", cell: .ssru, inputs: 4, hidden: 9, layout: &layout),
      direction: direction)
    let weights = Parameters(layout: layout)
    let names = [("inputWeight", "weight"), ("inputBias", "bias")]
    #expect(layout.entries.map(\.name) == names.map { "layer.\($0.0)" })
    for (ours, theirs) in names {
      try golden.fill(try #require(weights[named: "layer.\(ours)"]), theirs)
    }
    let pass = pass(weights)
    let count = lengths.reduce(0, +)
    let output = Matrix(rows: count, columns: 9, repeating: .nan)
    // h before the first step must not matter.
    let trace = recurrence.forward(
      try golden.matrix("inputs", "x", lengths: lengths),
      order: PackedOrder(offsets: try golden.offsets("lengths")),
      initial: CellState(
        hidden: Matrix(rows: 3, columns: 9, repeating: .nan),
        cell: try golden.matrix("inputs", "c0")), output: output, pass)
    expectClose(output, try golden.elements("outputs", "h", lengths: lengths), "h")
    let final = trace.layer.finalState(pass.workspace)
    expectClose(try #require(final.cell), try golden.elements("outputs", "c_final"), "c_final")
    let gradients = Parameters(layout: layout)
    let x = Matrix(rows: count, columns: 4)
    let initial = recurrence.backward(
      try golden.matrix("upstream", "h", lengths: lengths),
      final: CellState(
        hidden: Matrix(rows: 3, columns: 9), cell: try golden.matrix("upstream", "c_final")),
      trace, inputGradient: x, pass, gradients: gradients)
    expectClose(x, try golden.elements("grads", "x", lengths: lengths), "∂x")
    expectClose(try #require(initial.cell), try golden.elements("grads", "c0"), "∂c0")
    #expect(initial.hidden.elements.allSatisfy { $0 == 0 })
    for (ours, theirs) in names {
      expectClose(
        try #require(gradients[named: "layer.\(ours)"]), try golden.elements("grads", theirs),
        "∂\(ours)")
    }
  }
}
