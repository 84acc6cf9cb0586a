@testable import DragomanDecoding
import DragomanModels
import DragomanLayers
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanModels

/// Whole models, forward and back, tensor by tensor, against float64 fixtures made with PyTorch.
///
/// `Tests/Golden/README.md` says how they were made. Sizes differ from each other and from every vector
/// width, and lengths are ragged, so a swapped axis or a broken remainder loop cannot pass.
@Suite struct `Models agree with PyTorch` {
  @Test(arguments: GoldenFixture.models)
  func `loss, logits, attention and encoder states`(_ name: String) throws {
    let golden = try GoldenFixture(name)
    let model = try golden.model
    let weights = try golden.parameters(model.layout, golden.json["params"])
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let batch = try golden.batch
    let trace = model.forward(batch, pass)

    let losses = trace.decoder.losses(batch, pass)
    expectClose(
      losses, try golden.rows("token_nll").map { $0[0] }, within: 1e-5, "token_nll")
    let mean = losses.reduce(0) { $0 + Double($1) } / Double(losses.count)
    #expect(abs(mean - (try #require(golden.json["loss"]?.double))) < 1e-5)

    let logits: Matrix
    let attention: Matrix
    let rows: [Int32]
    switch trace.decoder {
    case .recurrent(_, let trace):
      logits = model.decoder.readout.output.linear.forward(trace.read, pass)
      attention = trace.attention.weights
      rows = trace.rows ?? losses.indices.map { Int32($0) }
    case .transformer(let decoder, let trace):
      logits = model.decoder.readout.output.linear.forward(trace.features, pass)
      attention = decoder.crossHeads.mean(
        of: trace.stack.cross[decoder.stack.layers.count - 1], pass)
      rows = losses.indices.map { Int32($0) }
    }
    let (goldenLogits, goldenAttention) = (try golden.rows("logits"), try golden.rows("attention"))
    for (row, original) in rows.enumerated() {
      expectClose(
        logits.rows(row..<(row + 1)).elements, goldenLogits[Int(original)], within: 1e-5,
        "logits of token \(original)")
      expectClose(
        attention.rows(row..<(row + 1)).elements, goldenAttention[Int(original)], within: 1e-5,
        "attention of token \(original)")
    }
    expectClose(
      trace.encoded.states.matrix.elements,
      try golden.rows("enc_out", lengths: "src_len").flatMap(\.self), within: 1e-5, "enc_out")
  }

  @Test(arguments: GoldenFixture.models)
  func `every gradient by name`(_ name: String) throws {
    let golden = try GoldenFixture(name)
    let model = try golden.model
    let weights = try golden.parameters(model.layout, golden.json["params"])
    let pass = Pass(weights: weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    let batch = try golden.batch
    let gradients = Parameters(layout: model.layout)
    let loss = model.train(
      batch, scale: 1 / Float(batch.targetIDs.count), pass,
      gradients: gradients)
    #expect(abs(loss.mean - (try #require(golden.json["loss"]?.double))) < 1e-5)
    let norm = try #require(golden.json["grad_norm"]?.double)
    let expected = try golden.tensors(golden.json["grads"])
    for entry in model.layout.entries {
      expectClose(
        gradients[entry.handle].elements, try #require(expected[entry.name]),
        within: 5e-7 * norm, "gradient of \(entry.name)")
    }
    let found = pass.kernels.sumOfSquares(gradients.slab).squareRoot()
    #expect(abs(found - norm) < 1e-5 * norm)
  }

  /// The most probable tokens one after the other, with nothing but steps and the greatest logit.
  private func greedy(
    _ model: PackedModel, _ source: [Int32], _ length: Int, begin: Int32,
    isBeginAllowed: Bool = true
  ) -> [Int32] {
    let pass = Pass(weights: model.weights, workspace: Workspace(kernels: Kernels(threads: 1)))
    var state = model.start(.tokens([source]), pass).state
    var tokens = [begin]
    for _ in 0..<length {
      let next = state.step([tokens[tokens.count - 1]], pass)
      let logits = model.readout.logits(of: next.features, pass).elements
      let best = logits.indices.filter { isBeginAllowed || $0 != Int(begin) }
        .reduce(nil as Int?) { best, id in
          best.map { logits[id] > logits[$0] ? id : $0 } ?? id
        }
      tokens.append(Int32(best ?? 0))
      state = next.state
    }
    return Array(tokens.dropFirst())
  }

  @Test(arguments: GoldenFixture.models)
  func `greedy tokens`(_ name: String) throws {
    let golden = try GoldenFixture(name)
    let model = try golden.model
    let kernels = Kernels(threads: 1)
    let weights = try golden.parameters(model.layout, golden.json["params"])
    let expected = try golden.greedy
    let batch = try golden.batch
    let sources = (0..<batch.count).map {
      Array(batch.sourceIDs[Int(batch.sourceOffsets[$0])..<Int(batch.sourceOffsets[$0 + 1])])
    }
    // The fixtures go on after an end token, so no token may end a sentence here.
    var decoding = DecodingConfiguration()
    decoding.maximumLength = expected[0].count
    let search = Search(
      [PackedModel(model, weights: weights, kernels)], begin: try golden.begin, end: -1, decoding)
    let found = search.translate(
      sources, options: SearchOptions(withAttention: true), Workspace(kernels: kernels)
    )
    .map { $0[0] }
    let packed = PackedModel(model, weights: weights, kernels)
    let length = expected[0].count
    for (number, source) in sources.enumerated() {
      // The fixtures may write the begin, which a search never does.
      let free = greedy(packed, source, length, begin: try golden.begin)
      let bound = greedy(packed, source, length, begin: try golden.begin, isBeginAllowed: false)
      #expect(free == expected[number])
      #expect(found[number].tokens == bound)
    }
    for (hypothesis, source) in zip(found, sources) {
      for weights in hypothesis.attention {
        #expect(weights.count == source.count)
        // Weights of the normalizer relu need not add up to 1.
        if !name.contains("normalizer_relu") { #expect(abs(weights.reduce(0, +) - 1) < 1e-5) }
      }
    }
  }
}
