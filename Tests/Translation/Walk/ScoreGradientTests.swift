import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanTestSupport
import Testing

@testable import DragomanTranslation

/// What a score sends back to its query, its keys and its vectors, from ∂e and by the equations of docs/gradients.md.
@Suite struct `The gradients of a score` {
  private func walk(
    _ score: ScorerKind, _ feeding: InputFeeding, hasCoverage: Bool
  ) throws -> (ModelFile, Walk, RecurrentDecoderWalk, RecurrentDecoderWalk.Gradients) {
    let file = SmallModel.file(score: score) { model in
      model.recurrentDecoder.feeding = feeding
      model.attention.coverage = hasCoverage
    }
    let walk = try Walk(
      "the cat sat", reference: "a mat b", of: file, withGradients: true,
      kernels: Kernels(threads: 1))
    guard case .recurrent(let decoder) = walk.decoder else { preconditionFailure("no Transformer") }
    return (file, walk, decoder, try #require(decoder.gradients))
  }

  private func expectNear(
    _ found: [Float], _ expected: [Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    for (a, b) in zip(found, expected) {
      #expect(abs(Double(a) - b) < 1e-4, "\(what): \(a), not \(b)", sourceLocation: sourceLocation)
    }
  }

  /// Σ of vectors, each with its factor.
  private func sum(_ vectors: [[Float]], _ factors: [Float]) -> [Double] {
    (vectors.first ?? []).indices.map { unit in
      zip(vectors, factors).reduce(0) { $0 + Double($1.0[unit]) * Double($1.1) }
    }
  }

  @Test(arguments: [ScorerKind.dot, .general, .location], InputFeeding.allCases)
  func `satisfy their equations`(_ score: ScorerKind, _ feeding: InputFeeding) throws {
    let (file, walk, decoder, back) = try walk(score, feeding, hasCoverage: false)
    let states = decoder.steps.map(\.state)
    #expect(back.queries.count == states.count && back.vectors.isEmpty)
    #expect((back.keys == nil) == (score != .general))
    for t in states.indices {
      switch score {
      case .location:
        let reach = try #require(decoder.reach)
        let rated = back.scores[t].prefix(reach).map(Double.init)
        expectNear(
          back.queries[t], rated + Array(repeating: 0, count: reach - rated.count), "∂q \(t)")
      default:
        expectNear(
          back.queries[t], sum(decoder.keys ?? walk.states, back.scores[t]), "∂q \(t)")
      }
    }
    if let keys = back.keys {
      for i in keys.indices {
        expectNear(keys[i], sum(states, back.scores.map { $0[i] }), "∂k \(i)")
      }
      try expectNorm("attention.weight", walk, outer(keys, walk.states), file)
    }
    if score == .location {
      try expectNorm("attention.weight", walk, outer(back.queries, states), file)
    }
  }

  @Test(arguments: InputFeeding.allCases, [false, true])
  func `satisfy those of a network`(_ feeding: InputFeeding, _ hasCoverage: Bool) throws {
    let (file, walk, decoder, back) = try walk(.additive, feeding, hasCoverage: hasCoverage)
    let keys = try #require(decoder.keys)
    let v = try #require(file.weights[named: "attention.vector"]).elements
    let w = file.weights[named: "attention.coverageWeight"]?.elements
    let size = v.count
    var (keyGradients, vector, coverage) = (
      Array(repeating: [Double](repeating: 0, count: size), count: keys.count),
      [Double](repeating: 0, count: size), [Double](repeating: 0, count: size)
    )
    for (t, step) in decoder.steps.enumerated() {
      let query = try #require(step.query)
      var question = [Double](repeating: 0, count: size)
      for i in keys.indices {
        let (e, c) = (Double(back.scores[t][i]), Double(step.coverage?[i] ?? 0))
        for unit in 0..<size {
          let zeta = Double(query[unit]) + Double(keys[i][unit]) + Double(w?[unit] ?? 0) * c
          let tau = hyperbolicTangent(zeta)
          let slope = e * Double(v[unit]) * (1 - tau * tau)
          question[unit] += slope
          keyGradients[i][unit] += slope
          vector[unit] += e * tau
          coverage[unit] += c * slope
        }
      }
      expectNear(back.queries[t], question, "∂q \(t)")
    }
    for i in keys.indices {
      expectNear(try #require(back.keys)[i], keyGradients[i], "∂k \(i)")
    }
    expectNear(back.vectors[0], vector, "∂v")
    #expect(back.vectors.count == (hasCoverage ? 2 : 1))
    if hasCoverage { expectNear(back.vectors[1], coverage, "∂w") }
    try expectNorm(
      "attention.queryWeight", walk, outer(back.queries, decoder.steps.map(\.state)), file)
    try expectNorm("attention.keyWeight", walk, outer(try #require(back.keys), walk.states), file)
  }

  private func hyperbolicTangent(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    let y = 2 * abs(x)
    for n in 1..<200 {
      term *= y / Double(n)
      sum += term
    }
    return (x < 0 ? -1 : 1) * (1 - 2 / (sum + 1))
  }

  /// The length of Σ aᵀ b.
  private func outer(_ rows: [[Float]], _ columns: [[Float]]) -> Double {
    var squares = 0.0
    for i in rows[0].indices {
      for j in columns[0].indices {
        let element = zip(rows, columns).reduce(0.0) {
          $0 + Double($1.0[i]) * Double($1.1[j])
        }
        squares += element * element
      }
    }
    return squares.squareRoot()
  }

  private func expectNorm(
    _ name: String, _ walk: Walk, _ norm: Double, _ file: ModelFile
  ) throws {
    let found = try #require(walk.gradients?.parameters.first { $0.name == name }).gradient
    #expect(abs(found - norm) < 1e-4 * (1 + norm), "\(name): \(found), not \(norm)")
  }
}
