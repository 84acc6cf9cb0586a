internal import CDragomanKernels

/// The mean and the deviation of each column that batch normalisation divides by.
package struct BatchStatistics: Sendable {
  /// Mean, 1 / √(variance + ε), and the unbiased variance, `[3, C]`.
  let rows: Matrix

  /// Memory for `columns` columns.
  package init(columns: Int, _ workspace: Workspace) {
    rows = workspace.matrix(rows: 3, columns: columns)
  }

  /// `[1, C]`.
  package var mean: Matrix { rows.rows(0..<1) }
  /// With the divisor N − 1, `[1, C]`.
  package var unbiasedVariance: Matrix { rows.rows(2..<3) }
}

// Batch normalisation: each of C columns over all N rows. Sums have one tree whatever the threads: chains over blocks
// of 64 rows, and then over the blocks, in Double.
extension Kernels {
  /// The statistics of a batch `[N, C]`.
  ///
  ///     mean = (1/N) Σ x        variance = (1/N) Σ (x − mean)²        unbiased: 1/(N − 1)
  package func batchStatistics(
    of x: Matrix, epsilon: Float, into statistics: BatchStatistics, _ workspace: Workspace
  ) {
    precondition(x.rows >= 2, "a batch of \(x.rows) rows has no variance")
    check(x, statistics)
    workspace.scoped {
      unsafe dragoman_batch_statistics(
        engine, x.view, epsilon, partials(x, workspace).view, statistics.rows.view)
    }
  }

  /// Statistics that are known, each `[1, C]`.
  package func runningStatistics(
    mean: Matrix, variance: Matrix, epsilon: Float, into statistics: BatchStatistics
  ) {
    check(mean, statistics)
    requireEqualShapes(mean, variance, "running statistics")
    unsafe dragoman_batch_running(
      engine, mean.view, variance.view, epsilon, statistics.rows.view)
  }

  /// `y = γ ⊙ x̂ + b`, x̂ = (x − mean) / √(variance + ε).
  ///
  /// Ioffe and Szegedy 2015, algorithm 1 (arXiv:1502.03167).
  package func batchNormalize(
    _ x: Matrix, _ statistics: BatchStatistics, gain: Matrix, bias: Matrix, into y: Matrix
  ) {
    check(x, statistics)
    check(gain, statistics)
    check(bias, statistics)
    requireEqualShapes(x, y, "batch normalisation")
    precondition(
      gain.rows == 1 && bias.rows == 1, "a gain of \(gain.shape), a bias of \(bias.shape)")
    unsafe dragoman_batch_normalize(
      engine, x.view, statistics.rows.view, gain.view, bias.view, y.view)
  }

  /// The backward pass: `gradient`, ∂y, becomes ∂x, and to the gradients of gain and bias is added.
  ///
  ///     ∂b += Σ ∂y        ∂γ += Σ ∂y ⊙ x̂
  ///     ∂x = γ / √(variance + ε) ⊙ (∂y − mean(∂y) − x̂ ⊙ mean(∂y ⊙ x̂))
  ///
  /// The means come from what x does to the statistics of its batch; statistics that are not its own, `ofBatch` false,
  /// do not move, and ∂x = γ / √(variance + ε) ⊙ ∂y.
  package func batchNormalizeBackward(
    _ gradient: Matrix, input x: Matrix, _ statistics: BatchStatistics, ofBatch: Bool,
    gain: Matrix, gainGradient: Matrix, biasGradient: Matrix, _ workspace: Workspace
  ) {
    check(x, statistics)
    check(gain, statistics)
    requireEqualShapes(gradient, x, "the gradient of a batch normalisation")
    requireEqualShapes(gain, gainGradient, "the gradient of a gain")
    requireEqualShapes(gain, biasGradient, "the gradient of a bias")
    guard x.rows > 0 else { return }
    workspace.scoped {
      let totals = workspace.matrix(rows: 4, columns: x.columns)
      unsafe dragoman_batch_totals(
        engine, gradient.view, x.view, statistics.rows.view, partials(x, workspace).view,
        totals.view)
      add(totals.rows(0..<1), to: biasGradient)
      add(totals.rows(1..<2), to: gainGradient)
      unsafe dragoman_batch_backward(
        engine, gradient.view, x.view, statistics.rows.view, gain.view, totals.view, ofBatch)
    }
  }

  private func partials(_ x: Matrix, _ workspace: Workspace) -> Matrix {
    workspace.matrix(rows: dragoman_batch_blocks(x.rows), columns: 2 * x.columns)
  }

  private func check(_ x: Matrix, _ statistics: BatchStatistics) {
    precondition(
      x.columns == statistics.rows.columns && x.columns > 0,
      "statistics of \(statistics.rows.columns) columns for \(x.shape)")
  }
}
