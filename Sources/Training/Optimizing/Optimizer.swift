package import DragomanTensor

/// Moves weights against their gradients.
///
/// Adam (Kingma and Ba 2015, algorithm 1), as torch.optim.Adam computes it, at update t from 1:
///
///     m = β₁ m + (1 − β₁) g        v = β₂ v + (1 − β₂) g²
///     w = w − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
///
/// AdamW (Loshchilov and Hutter 2019, algorithm 2), as torch.optim.AdamW, first takes w = (1 − η λ) w for
/// the weights of matrices: a bias or a gain has no reason to be small, so vectors do not decay.
///
/// Running statistics are none of an optimizer's business: their gradients are 0 here,
/// ``Parameters/follow(statisticsIn:passes:_:)``, with which no method moves a weight that has never had another.
///
/// Stochastic gradient descent with momentum, as torch.optim.SGD does: u = μ u + g, w = w − η u.
package final class Optimizer {
  /// The method and its numbers.
  package let configuration: OptimizerConfiguration
  /// What the method remembers, by the name it has in a checkpoint: `first` and `second` moment of Adam,
  /// `velocity` of SGD.
  package let moments: [(name: String, values: Parameters)]
  /// The tensors that decay.
  let decaying: [Parameter]

  /// An optimizer that remembers nothing yet; what is frozen does not decay.
  package init(
    _ configuration: OptimizerConfiguration, layout: ParameterLayout,
    freezing frozen: FrozenPart = .none
  ) {
    self.configuration = configuration
    let names =
      switch configuration.kind {
      case .adam, .adamw: ["first", "second"]
      case .sgd: ["velocity"]
      }
    moments = names.map { ($0, Parameters(layout: layout)) }
    decaying =
      configuration.kind == .adamw
      ? layout.entries.filter { $0.shape.count > 1 && !$0.isStatistic && !frozen.holds($0) }
        .map(\.handle) : []
  }

  /// Makes update number `step`, from 1, with the gradients times `scale`.
  ///
  /// `learningRate` is what the schedule says; without one it is the configuration's.
  package func update(
    _ weights: Parameters, gradients: Parameters, scale: Float, step: Int,
    learningRate: Double? = nil, _ kernels: Kernels
  ) {
    let learningRate = learningRate ?? configuration.learningRate
    let rate = Float(learningRate)
    for tensor in decaying {
      kernels.scale(weights[tensor], by: Float(1 - learningRate * configuration.weightDecay))
    }
    switch configuration.kind {
    case .adam, .adamw:
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

extension Optimizer {
  /// Forgets everything, so that the next update is number 1 again.
  func restart(_ kernels: Kernels) {
    for moment in moments { moment.values.clear(kernels) }
  }
}

/// Limits the length of a gradient.
package enum Clipping {
  /// The factor that brings a gradient of this length down to `limit`: min(1, limit / (norm + 10⁻⁶)).
  ///
  /// As torch.nn.utils.clip_grad_norm_ computes it; Pascanu et al. 2013, algorithm 1.
  package static func factor(norm: Double, limit: Double?) -> Float {
    limit.map { Float(min(1, $0 / (norm + 1e-6))) } ?? 1
  }
}
