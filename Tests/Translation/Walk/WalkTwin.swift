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

  let file: ModelFile
  let walk: Walk
  var configuration: ModelConfiguration { walk.configuration }

  init(_ file: ModelFile, _ walk: Walk) {
    self.file = file
    self.walk = walk
    checkWords()
    switch walk.encoder {
    case .recurrent(let encoder): check(encoder)
    case .transformer(let encoder): check(encoder)
    case .vision, .convolutional, .features: break
    }
    switch walk.decoder {
    case .recurrent(let decoder): check(decoder)
    case .transformer(let decoder): check(decoder)
    }
  }

  mutating func expect(_ name: String, _ found: [Float], _ expected: [Double]) {
    let distance =
      found.count != expected.count
      ? .infinity : zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
    // Of large numbers as a share of the largest.
    let size = expected.reduce(1) { max($0, abs($1)) }
    deviations.append((name, distance / size))
  }

  // MARK: Arithmetic

  func weight(_ name: String) -> Matrix {
    guard let weight = file.weights[named: name] else { fatalError("no weight \(name)") }
    return weight
  }

  func vector(_ name: String) -> [Double] { weight(name).elements.map(Double.init) }

  func times(_ matrix: Matrix, _ x: [Double]) -> [Double] {
    (0..<matrix.rows).map { row in
      (0..<matrix.columns).reduce(0) { $0 + Double(matrix[row, $1]) * x[$1] }
    }
  }

  func linear(_ name: String, _ x: [Double]) -> [Double] {
    zip(times(weight("\(name).weight"), x), vector("\(name).bias")).map(+)
  }

  func doubles(_ values: [Float]) -> [Double] { values.map(Double.init) }
  func sigmoid(_ x: Double) -> Double { 1 / (1 + exponential(-x)) }
  func tanh(_ x: Double) -> Double { 2 * sigmoid(2 * x) - 1 }
  func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  // MARK: What all families have

  private mutating func checkWords() {
    for (token, found) in zip(walk.source.tokens, walk.embeddings) {
      expect("x", found, row(token, of: "encoder"))
    }
  }

  /// X[y] of a side.
  func row(_ token: WalkToken, of side: String) -> [Double] {
    let table = weight(configuration.tied.joinsLanguages ? "embedding" : "\(side).embedding")
    return doubles(table.rows(Int(token.id)..<(Int(token.id) + 1)).elements)
  }

  /// What comes of what the projection reads.
  mutating func checkOutput(_ t: Int, _ read: [Double]) {
    let step = walk.steps[t]
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
