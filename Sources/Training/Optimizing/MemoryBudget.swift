import DragomanLayers
import DragomanTensor

/// Finds the largest batches whose training fits into a budget of memory.
///
/// A run holds some slabs of the model's size (weights, gradients, moments, perhaps an average) and the
/// scratch memory of its largest batch. The latter is not guessed from formulas but measured: the largest
/// batch of an epoch goes forward and backward once. What it takes depends on shapes alone, so the
/// answer is the same on any machine and any number of threads.
struct MemoryBudget {
  /// Bytes.
  let limit: Int
  let task: any TrainingTask
  /// Slabs of the model's size.
  let slabs: Int

  /// Target tokens of a batch: `wanted`, or as many as fit.
  ///
  /// - Throws: ``TrainingError/outOfMemory(limit:needed:)`` if the longest example alone does not.
  func batchTokens(atMost wanted: Int, weights: Parameters) throws -> Int {
    let fixed = 4 * slabs * task.layout.count
    let gradients = Parameters(layout: task.layout)
    // From below, so that the search itself stays within the budget.
    var tokens = min(wanted, 256)
    var isGrowing = true
    while true {
      let scratch = try scratch(batchTokens: tokens, weights, gradients)
      let fits = fixed + scratch <= limit
      if fits && (!isGrowing || tokens == wanted) { return tokens }
      guard fits || (tokens > 1 && fixed < limit) else {
        throw TrainingError.outOfMemory(limit: limit, needed: fixed + scratch)
      }
      // Scratch memory grows about as the tokens do; a little less makes sure that the search ends soon.
      let share = 0.95 * Double(limit - fixed) / Double(max(scratch, 1))
      let next = Int(min(share * Double(tokens), Double(wanted)))
      if fits && next <= tokens { return tokens }
      isGrowing = isGrowing && fits
      tokens = isGrowing ? next : max(min(next, tokens - 1), 1)
    }
  }

  /// Bytes of the workspace for the largest batch of the first epoch.
  private func scratch(
    batchTokens: Int, _ weights: Parameters, _ gradients: Parameters
  ) throws -> Int {
    let epoch = task.epoch(0, batchTokens: batchTokens)
    let sizes = (0..<epoch.count).map { epoch.size(at: $0) }
    guard let largest = sizes.indices.max(by: { (sizes[$0], $0) < (sizes[$1], $1) }) else {
      return 0
    }
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let noise = Noise(seed: UInt64(task.configuration.training.seed), update: 0)
    _ = try epoch.batch(at: largest).train(
      scale: 1, labelSmoothing: 0,
      Pass(weights: weights, workspace: workspace, noise: noise), gradients: gradients)
    // A workspace keeps a fifth more than it needed.
    return 4 * workspace.highWater * 6 / 5
  }
}
