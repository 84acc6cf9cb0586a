package import DragomanTensor

/// Brings each channel to mean 0 and variance 1 over all pixels of the batch, before a gain and a bias.
///
///     μ = (1/N) Σ x        σ² = (1/N) Σ (x − μ)²        y = γ ⊙ (x − μ) / √(σ² + ε) + β        N = B·H·W
///
/// Ioffe and Szegedy 2015, algorithm 1 (arXiv:1502.03167), as `torch.nn.BatchNorm2d`. It is the one layer whose output
/// depends, while training, on what else is in the batch. Outside of training μ and σ² are running values, which follow
/// those of the batches with a momentum m, the variance with the divisor N − 1:
///
///     μ_run ← (1 − m) μ_run + m μ        σ²_run ← (1 − m) σ²_run + m σ² N / (N − 1)
///
/// These are parameters without a gradient: ``Parameters/follow(statisticsIn:passes:_:)``.
package struct BatchNormalization: Sendable {
  /// γ, `[C]`.
  let gain: Parameter
  /// β, `[C]`.
  let bias: Parameter
  /// μ_run, `[C]`.
  let mean: Parameter
  /// σ²_run, `[C]`.
  let variance: Parameter
  let settings: Settings

  /// The numbers of a batch normalisation.
  package struct Settings: Sendable, Hashable {
    /// ε.
    package var epsilon: Double
    /// m.
    package var momentum: Double

    /// Those of PyTorch, if nothing else is said.
    package init(epsilon: Double = 1e-5, momentum: Double = 0.1) {
      (self.epsilon, self.momentum) = (epsilon, momentum)
    }

    /// Rows that a batch has to have while training: one row has no variance.
    package static let minimumRows = 2
  }

  /// Adds `name.gain` (ones), `name.bias` (zeros), and the statistics `name.mean` (zeros) and `name.variance` (ones).
  package init(
    name: String, channels: Int, _ settings: Settings, layout: inout ParameterLayout
  ) {
    let momentum = Float(settings.momentum)
    gain = layout.vector("\(name).gain", size: channels, .ones(gate: 0, of: 1))
    bias = layout.vector("\(name).bias", size: channels, .zeros)
    mean = layout.statistic("\(name).mean", size: channels, .zeros, momentum: momentum)
    variance = layout.statistic(
      "\(name).variance", size: channels, .ones(gate: 0, of: 1), momentum: momentum)
    self.settings = settings
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let layer: BatchNormalization
    let input: Matrix
    let statistics: BatchStatistics
    /// Whether the statistics are those of the batch.
    let ofBatch: Bool
  }

  /// Maps `[N, C]` to `[N, C]`: with the statistics of the batch while training, with the running ones otherwise.
  package func forward(_ x: Matrix, _ pass: Pass) -> (output: Matrix, trace: Trace) {
    let y = pass.workspace.matrix(rows: x.rows, columns: x.columns)
    let statistics = BatchStatistics(columns: x.columns, pass.workspace)
    let (weights, epsilon) = (pass.weights, Float(settings.epsilon))
    if pass.isTraining {
      pass.kernels.batchStatistics(of: x, epsilon: epsilon, into: statistics, pass.workspace)
    } else {
      pass.kernels.runningStatistics(
        mean: weights[mean], variance: weights[variance], epsilon: epsilon, into: statistics)
    }
    pass.kernels.batchNormalize(
      x, statistics, gain: weights[gain], bias: weights[bias], into: y)
    pass.recorder?.add(.gave(gain), y)
    return (
      y, Trace(layer: self, input: x, statistics: statistics, ofBatch: pass.isTraining)
    )
  }
}

extension BatchNormalization.Trace {
  /// Adds to the gradients of γ and β, leaves what the batch was like in the places of the running values, and turns
  /// ∂y, `[N, C]`, into ∂x in place.
  ///
  /// In the forward pass: y = γ ⊙ x̂ + β, x̂ = (x − μ) / σ with σ = √(σ² + ε). With g = ∂y ⊙ γ, means over the rows:
  ///
  ///     ∂γ += Σ ∂y ⊙ x̂        ∂β += Σ ∂y        ∂x = (g − mean(g) − x̂ ⊙ mean(g ⊙ x̂)) / σ
  ///
  /// and ∂x = g / σ where μ and σ are the running ones.
  package func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) {
    pass.kernels.batchNormalizeBackward(
      gradient, input: input, statistics, ofBatch: ofBatch, gain: pass.weights[layer.gain],
      gainGradient: gradients[layer.gain], biasGradient: gradients[layer.bias], pass.workspace)
    guard ofBatch else { return }
    pass.kernels.add(statistics.mean, to: gradients[layer.mean])
    pass.kernels.add(statistics.unbiasedVariance, to: gradients[layer.variance])
  }
}
