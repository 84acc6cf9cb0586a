import DragomanFormats
import Testing

@testable import DragomanLayers
@testable import DragomanTensor

/// A layer for images, checked in every way there is: its fixture, other instruction sets and threads, and differences.
struct ImageLayerCheck {
  /// What a layer gives for images, and the gradient of the images for that of its output; adds to those of the
  /// parameters.
  typealias Run = (Grid, _ upstream: Matrix, Pass, Parameters) -> (output: Matrix, input: Matrix)

  let golden: CellFixture
  let layout: ParameterLayout
  let run: Run
  let isTraining: Bool

  /// The part `name` of `Vision/file`; `make` adds the layer `layer` to a layout and says how it runs.
  init(
    _ name: String, in file: String, isTraining: Bool = true,
    _ make: (JSON, inout ParameterLayout) throws -> Run
  ) throws {
    golden = try CellFixture(name, in: "Vision/\(file)")
    var layout = ParameterLayout()
    run = try make(try #require(golden.json["config"]), &layout)
    (self.layout, self.isTraining) = (layout, isTraining)
  }

  /// The images of the fixture; rows without a grid are images of one line.
  func images() throws -> Grid {
    let shape = try golden.tensor("inputs", "x").shape
    let matrix = try golden.matrix("inputs", "x")
    return Grid(
      matrix,
      shape.count == 4
        ? GridShape(images: shape[0], height: shape[1], width: shape[2])
        : GridShape(images: 1, height: matrix.rows, width: 1))
  }

  private func pass(_ weights: Parameters, _ kernels: Kernels) -> Pass {
    Pass(
      weights: weights, workspace: Workspace(kernels: kernels),
      noise: isTraining ? Noise(seed: 1, update: 0) : nil)
  }

  /// Everything that can be compared, by name.
  private func values(_ kernels: Kernels) throws -> [(name: String, matrix: Matrix)] {
    let (weights, gradients) = (try golden.parameters(layout), Parameters(layout: layout))
    let (y, x) = run(
      try images(), try golden.matrix("upstream", "output"), pass(weights, kernels), gradients)
    var result = [("outputs.output", y), ("grads.x", x)]
    if isTraining { weights.follow(statisticsIn: gradients, passes: 1, kernels) }
    for entry in layout.entries {
      let name = String(entry.name.dropFirst("layer.".count))
      result.append(
        entry.isStatistic
          ? ("outputs.\(name)", weights[entry.handle]) : ("grads.\(name)", gradients[entry.handle]))
    }
    return result.map { ($0.0, Matrix(rows: $0.1.rows, columns: $0.1.columns, $0.1.elements)) }
  }

  /// Numbers of the fixture, and equal bits on every instruction set and number of threads.
  func expectFixture(within tolerance: Double = 1e-5) throws {
    let first = try values(Kernels(threads: 1, instructions: .portable))
    for (name, matrix) in first {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      let expected = try golden.elements(parts[0], parts[1])
      // Gradients of many layers are larger than 1: then it is the share of the largest that counts.
      let size = expected.reduce(1) { max($0, abs($1)) }
      expectClose(matrix, expected, within: tolerance * size, name)
    }
    for set in Kernels.available {
      for threads in [1, 2, 3] {
        let kernels = Kernels(threads: threads, instructions: set, eager: true)
        for (found, expected) in zip(try values(kernels), first) {
          #expect(
            found.matrix.elements.map(\.bitPattern) == expected.matrix.elements.map(\.bitPattern),
            "\(found.name) with \(set.rawValue) on \(threads) threads")
        }
      }
    }
  }

  /// L = Σ y ⊙ upstream.
  private func loss(
    _ x: Grid, _ weights: Parameters, _ upstream: Matrix, _ kernels: Kernels
  ) -> Double {
    let (y, _) = run(x, upstream, pass(weights, kernels), Parameters(layout: layout))
    // The way back overwrites its upstream.
    return zip(y.elements, self.upstream).reduce(0) { $0 + Double($1.0) * $1.1 }
  }

  private var upstream: [Double] { (try? golden.elements("upstream", "output")) ?? [] }

  /// Differences of L along a random direction in each parameter and in the images, by the five-point stencil.
  func expectDifferences(step: Float = 2e-2, within tolerance: Double = 2e-3) throws {
    let kernels = Kernels(threads: 1)
    let weights = try golden.parameters(layout)
    let gradients = Parameters(layout: layout)
    let delta = try golden.matrix("upstream", "output")
    let images = try images()
    let (_, x) = run(images, delta, pass(weights, kernels), gradients)
    let trained = layout.entries.filter { !$0.isStatistic }
    let moved =
      trained.map { ($0.name, weights[$0.handle], gradients[$0.handle]) }
      + [("x", images.matrix, x)]
    for (name, values, gradient) in moved {
      var random = Random(seed: 5, name: name)
      let direction = (0..<values.count).map { _ in Float(random.normal()) }
      let original = values.elements
      func at(_ share: Float) throws -> Double {
        values.write(zip(original, direction).map { $0 + share * $1 }, at: 0)
        defer { values.write(original, at: 0) }
        return loss(images, weights, try golden.matrix("upstream", "output"), kernels)
      }
      let near = try at(step / 2) - at(-step / 2)
      let difference = (8 * near - (try at(step) - at(-step))) / Double(6 * step)
      let found = zip(gradient.elements, direction).reduce(0) { $0 + Double($1.0 * $1.1) }
      let norm = gradient.elements.reduce(0) { $0 + Double($1 * $1) }.squareRoot()
      #expect(
        abs(found - difference) < tolerance * (norm + 1),
        "∂\(name): \(found), difference \(difference)")
    }
  }
}
