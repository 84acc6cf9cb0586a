public import DragomanTensor

/// Moves weights against their gradients.
///
/// Adam (Kingma and Ba 2015, algorithm 1), as torch.optim.Adam computes it, at update t from 1:
///
///     m = β₁ m + (1 − β₁) g        v = β₂ v + (1 − β₂) g²
///     w = w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
///
/// Stochastic gradient descent with momentum, as torch.optim.SGD does: u = μ u + g, w = w − η u.
public final class Optimizer {
  /// The method and its numbers.
  public let configuration: OptimizerConfiguration
  /// What the method remembers, by the name it has in a checkpoint: `first` and `second` moment of Adam,
  /// `velocity` of SGD.
  public let moments: [(name: String, values: Parameters)]

  /// An optimizer that remembers nothing yet.
  public init(_ configuration: OptimizerConfiguration, layout: ParameterLayout) {
    self.configuration = configuration
    let names =
      switch configuration.kind {
      case .adam: ["first", "second"]
      case .sgd: ["velocity"]
      }
    moments = names.map { ($0, Parameters(layout: layout)) }
  }

  /// Makes update number `step`, from 1, with the gradients times `scale`.
  public func update(
    _ weights: Parameters, gradients: Parameters, scale: Float, step: Int, _ kernels: Kernels
  ) {
    let rate = Float(configuration.learningRate)
    switch configuration.kind {
    case .adam:
      kernels.adam(
        weights: weights.slab, gradients: gradients.slab, first: moments[0].values.slab,
        second: moments[1].values.slab, scale: scale, learningRate: rate,
        beta1: Float(configuration.beta1), beta2: Float(configuration.beta2),
        epsilon: Float(configuration.epsilon), step: step)
    case .sgd:
      kernels.momentum(
        weights: weights.slab, gradients: gradients.slab, velocity: moments[0].values.slab,
        scale: scale, learningRate: rate, momentum: Float(configuration.momentum))
    }
  }
}

/// Limits the length of a gradient.
public enum Clipping {
  /// The factor that brings a gradient of this length down to `limit`: min(1, limit / (norm + 10⁻⁶)).
  ///
  /// As torch.nn.utils.clip_grad_norm_ computes it; Pascanu et al. 2013, algorithm 1.
  public static func factor(norm: Double, limit: Double?) -> Float {
    limit.map { Float(min(1, $0 / (norm + 1e-6))) } ?? 1
  }
}
