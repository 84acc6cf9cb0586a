import DragomanLayers
import DragomanTensor

/// The gradient of the mean loss per token of several batches, as if they were one.
///
///     g = ∂/∂w (1 / N) Σ_batches Σ_tokens −log p(token)        N: the target tokens of all batches
///
/// or the same with smoothed labels, or with weights of classes, whose sum N is then; see ``OutputLayer``.
/// N is known before the first batch begins, so each batch adds its share and nothing is scaled afterwards.
struct AccumulatedGradient {
  let seed: Int
  var labelSmoothing: Float = 0

  /// Writes the gradient of the batches to `gradients` and returns their loss.
  ///
  /// In the places of running statistics stands the sum of what the batches were like.
  /// `firstBatch` is the number of the first one since the run began: every batch has dropout masks of its own.
  ///
  /// - Throws: ``StopRequested`` between two batches.
  func compute(
    _ batches: [any TrainingBatch], firstBatch: Int, weights: Parameters,
    into gradients: Parameters, _ workspace: Workspace, _ stop: StopRequest = .never
  ) throws(StopRequested) -> Loss {
    try compute(
      batches, firstBatch: firstBatch, piece: .whole,
      weight: batches.reduce(0) { $0 + $1.weight }, weights: weights, into: gradients, workspace,
      stop)
  }

  /// The same of a piece of each batch, where it has one.
  ///
  /// `weight` is that of the whole batches, by which losses are divided. `afterDecoder` is told when the decoder's
  /// gradients of all parts are complete, if there are any.
  func compute(
    _ parts: [(any TrainingBatch)?], firstBatch: Int, piece: Piece, weight: Double,
    weights: Parameters, into gradients: Parameters, _ workspace: Workspace, _ stop: StopRequest,
    afterDecoder: (() -> Void)? = nil
  ) throws(StopRequested) -> Loss {
    gradients.clear(workspace.kernels)
    var loss = Loss()
    let last = parts.lastIndex { $0 != nil }
    for (index, part) in parts.enumerated() {
      guard let part else { continue }
      if index > 0 { try stop.check() }
      workspace.reset()
      let noise = Noise(
        seed: UInt64(seed), update: UInt64((firstBatch + index) * piece.count + piece.index))
      loss += part.train(
        scale: 1 / Float(weight), labelSmoothing: labelSmoothing,
        Pass(
          weights: weights, workspace: workspace, noise: noise,
          afterDecoder: index == last ? afterDecoder : nil), gradients: gradients)
    }
    return loss
  }
}
