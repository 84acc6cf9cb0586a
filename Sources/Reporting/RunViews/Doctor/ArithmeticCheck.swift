import DragomanModels
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Whether every instruction set computes what portable C does, bit by bit, and portable C what Double does.
struct ArithmeticCheck {
  /// Threads of the kernels that are looked at; the portable ones have one.
  let threads: Int

  /// What was tried: three checks per instruction set, and one of the portable kernels themselves.
  var checks: [Diagnosis.Check] {
    let portable = Kernels(threads: 1, instructions: .portable)
    let expected = Self.tasks.map { $0.run(portable) }
    let sets = Kernels.available.flatMap { set in
      let kernels = Kernels(threads: threads, instructions: set)
      return zip(Self.tasks, expected).map { task, expected in
        Diagnosis.Check(
          name: "\(task.name): \(set.rawValue) on \(Words.count(threads, "thread"))",
          problem: Self.difference(task.run(kernels), expected))
      }
    }
    return [
      Diagnosis.Check(
        name: "product: portable against double precision", problem: Self.inDouble(portable))
    ] + sets
  }

  /// Something whose result must not depend on who computes it.
  struct Task: Sendable {
    let name: String
    let run: @Sendable (Kernels) -> [Float]
  }

  static let tasks = [
    Task(name: "products") { products($0) }, Task(name: "functions") { functions($0) },
    Task(name: "model, forward and backward") { model($0) },
  ]

  /// What is different, in words.
  static func difference(_ found: [Float], _ expected: [Float]) -> String? {
    guard found.count == expected.count else {
      return "expected \(expected.count) numbers, found \(found.count)"
    }
    let wrong = found.indices.filter { found[$0].bitPattern != expected[$0].bitPattern }
    guard let first = wrong.first else { return nil }
    return "\(wrong.count) of \(found.count) numbers differ; number \(first) should be "
      + "\(expected[first]) and is \(found[first])"
  }

  /// Numbers between −1 and 1, with sizes that are not multiples of any vector width.
  private static func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = Random(seed: seed, stream: 1)
    return Matrix(
      rows: rows, columns: columns,
      (0..<(rows * columns)).map { _ in Float(random.below(2_000_001)) / 1e6 - 1 })
  }

  private static func products(_ kernels: Kernels) -> [Float] {
    let (a, b) = (matrix(37, 131, seed: 1), matrix(53, 131, seed: 2))
    let c = Matrix(rows: 37, columns: 53)
    kernels.multiply(a, transposed: b, into: c)
    let d = Matrix(rows: 37, columns: 131)
    kernels.multiply(c, b, into: d)
    let e = Matrix(rows: 53, columns: 131)
    kernels.multiply(transposed: c, a, into: e)
    return c.elements + d.elements + e.elements
  }

  private static func functions(_ kernels: Kernels) -> [Float] {
    var result: [Float] = []
    for function in [Kernels.tanh, Kernels.exp, Kernels.logSoftmax] {
      let m = matrix(7, 101, seed: 3)
      kernels.scale(m, by: 20)
      function(kernels)(m)
      result += m.elements
    }
    return result
  }

  private static func model(_ kernels: Kernels) -> [Float] {
    var configuration = ModelConfiguration()
    configuration.embedding = 19
    configuration.encoder.recurrent?.hidden = 13
    configuration.decoder.recurrent?.hidden = 17
    configuration.attention.size = 11
    configuration.dropout = DropoutConfiguration(0.2)
    let model = SequenceModel(configuration, sourceVocabulary: 29, targetVocabulary: 31)
    let (weights, gradients) = (Parameters(layout: model.layout), Parameters(layout: model.layout))
    weights.initialize(seed: 4)
    var random = Random(seed: 5, stream: 2)
    let batch = Batch(
      [(3, 5), (7, 2), (1, 1)].map { source, target in
        EncodedPair(
          source: (0..<source).map { _ in Int32(3 + random.below(26)) },
          target: (0..<target).map { _ in Int32(3 + random.below(28)) })
      }, begin: 1)
    let pass = Pass(
      weights: weights, workspace: Workspace(kernels: kernels), noise: Noise(seed: 6, update: 7))
    let loss = model.train(batch, scale: 0.125, pass, gradients: gradients)
    return [Float(loss.sum)] + gradients.slab.elements
  }

  /// Whether a product is what its sums are in double precision, up to what rounding may do.
  private static func inDouble(_ kernels: Kernels) -> String? {
    let (a, b) = (matrix(9, 67, seed: 8), matrix(5, 67, seed: 9))
    let c = Matrix(rows: 9, columns: 5)
    kernels.multiply(a, transposed: b, into: c)
    for row in 0..<9 {
      for column in 0..<5 {
        let exact = (0..<67).reduce(0.0) { $0 + Double(a[row, $1]) * Double(b[column, $1]) }
        // 67 roundings of numbers up to 67, each off by half a unit in the last place at most.
        guard abs(Double(c[row, column]) - exact) <= 67 * 67 * 0x1p-24 else {
          return "[\(row), \(column)] should be \(exact) and is \(c[row, column])"
        }
      }
    }
    return nil
  }
}
