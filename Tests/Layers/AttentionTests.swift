import DragomanTensor
import Testing

@testable import DragomanLayers

/// Each scorer with its softmax and contexts, forward and back, against PyTorch in float64.
@Suite struct `Attention agrees with PyTorch` {
  static let names = [
    "queryWeight": "attn.W1", "keyWeight": "attn.W2", "vector": "attn.v", "weight": "attn.W",
  ]

  @Test(arguments: ["additive", "dot", "general", "location", "location_short_table"])
  func `weights, contexts and all gradients`(_ part: String) throws {
    let golden = try CellFixture(part)
    let kind = try #require(ScorerKind(rawValue: String(part.prefix { $0 != "_" })))
    let (sources, targets) = (try golden.lengths("src_len"), try golden.lengths("tgt_len"))
    let (sourceOffsets, targetOffsets) = (
      try golden.offsets("src_len"), try golden.offsets("tgt_len")
    )
    let queries = try golden.matrix("inputs", "queries", lengths: targets)
    let states = try golden.matrix("inputs", "memory", lengths: sources)
    var layout = ParameterLayout()
    let attention = Attention(
      scorer: kind.type().init(
        name: "attention",
        ScorerSizes(
          decoder: queries.columns, encoder: states.columns, hidden: 12,
          positions: part == "location_short_table" ? 5 : 12), layout: &layout),
      width: states.columns)
    let weights = Parameters(layout: layout)
    for entry in layout.entries {
      let name = try #require(Self.names[String(entry.name.dropFirst("attention.".count))])
      try golden.fill(weights[entry.handle], name)
    }
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let memory = attention.memory(of: RaggedMatrix(states, offsets: sourceOffsets), pass)
    let spans = AttentionSpan.pairing(queries: targetOffsets, sources: sourceOffsets)
    let contexts = Matrix(rows: queries.rows, columns: states.columns, repeating: .nan)
    let trace = attention.trace(decoder: queries, memory, pass)
    attention.forward(
      decoder: queries, memory, spans: spans[...], contexts: contexts, trace, pass)
    expectClose(
      trace.weights, try golden.elements("outputs", "weights", lengths: targets), "weights")
    expectClose(contexts, try golden.elements("outputs", "context", lengths: targets), "context")

    let gradients = Parameters(layout: layout)
    let gradient = attention.gradient(of: trace, memory, spans: spans.count, pass)
    let queryGradient = Matrix(rows: queries.rows, columns: queries.columns)
    attention.backward(
      contexts: try golden.matrix("upstream", "context", lengths: targets),
      decoderGradient: queryGradient, memory, spans: spans[...], trace, gradient, pass)
    attention.finishBack(decoder: queries, memory, gradient, pass, gradients: gradients)
    expectClose(
      queryGradient, try golden.elements("grads", "queries", lengths: targets), "∂queries")
    expectClose(
      gradient.states, try golden.elements("grads", "memory", lengths: sources), "∂memory")
    for entry in layout.entries {
      let name = try #require(Self.names[String(entry.name.dropFirst("attention.".count))])
      expectClose(
        gradients[entry.handle], try golden.elements("grads", name), "∂\(entry.name)")
    }
  }
}
