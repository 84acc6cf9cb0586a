import DragomanLayers
import DragomanModels
import DragomanTensor
import DragomanText

extension WalkGradients {
  /// What came back, of the steps that came before.
  init(
    _ back: WalkBack, _ batch: Batch, _ layout: ParameterLayout, _ weights: Parameters,
    steps: [WalkStep], _ kernels: Kernels
  ) {
    logits = Self.logits(batch, steps, kernels)
    states = back.recorder[.encodedGradient]
    embeddings = back.recorder[.embeddedGradient]
    // Running statistics have no gradient.
    parameters = layout.entries.filter { !$0.isStatistic }.map { entry in
      (entry.name, entry.shape, weights[entry.handle].norm, back.gradients[entry.handle].norm)
    }
  }

  /// p − onehot(y_t) as the loss gives it.
  private static func logits(_ batch: Batch, _ steps: [WalkStep], _ kernels: Kernels) -> [[Float]] {
    let matrix = Matrix(
      rows: steps.count, columns: steps[0].logits.count, steps.flatMap(\.logits))
    var losses = [Float](repeating: 0, count: steps.count)
    kernels.crossEntropy(
      matrix, targets: batch.targetIDs[...], losses: &losses, at: 0, gradientScale: 1)
    return matrix.vectors
  }
}

extension Matrix {
  /// The rows.
  var vectors: [[Float]] { (0..<rows).map { rows($0..<($0 + 1)).elements } }

  /// The root of the sum of squares, in double precision.
  var norm: Double {
    elements.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
