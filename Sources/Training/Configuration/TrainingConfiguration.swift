import DragomanTensor

/// How a model is trained: the `training` object of a configuration.
package struct TrainingConfiguration: Sendable, Equatable {
  /// Passes over the training pairs, after which training ends; `nil` sets no limit.
  package var epochs: Int? = 20
  /// Updates after which training ends; `nil` sets no limit.
  package var updates: Int?
  /// Target tokens of a batch, `</s>` included; `nil` chooses by ``batchTokens(trainingTokens:)``.
  package var batchTokens: Int?
  /// Images of a batch.
  package var batchImages = 64
  /// Megabytes that weights and batches may take, by making batches smaller; `nil` sets no limit.
  package var memory: Int?
  /// Batches whose gradients make one update.
  package var accumulate = 1
  /// Pieces that each batch is cut into, so that as many processes can share it; `nil` takes as many as there are
  /// processes when a run begins.
  package var pieces: Int?
  /// The most pieces that a batch can be cut into.
  static let mostPieces = 1024
  /// How weights follow gradients.
  package var optimizer = OptimizerConfiguration()
  /// How the learning rate changes.
  package var schedule = ScheduleConfiguration()
  /// What is kept of the weights on their way.
  package var average = AverageConfiguration()
  /// The share of each target's probability that all words get alike (ε).
  package var labelSmoothing = 0.0
  /// How much the examples of each class count.
  package var classWeights = ClassWeighting.none
  /// What keeps the weights that it begins with.
  package var freeze = FrozenPart.none
  /// Gradients longer than this are scaled down to it; `nil` leaves them alone.
  package var clipNorm: Double? = 1
  /// What becomes of a run when a loss or a gradient is not a finite number.
  package var onDivergence = DivergencePolicy.stop
  /// The validation loss from which on a model is no good to go back to; `nil` takes that of a uniform guess once a
  /// validation was below it.
  package var divergedAbove: Double?
  /// The seed of every random choice: initial weights, order of the pairs, dropout.
  package var seed = 1
  /// When the validation pairs are looked at.
  package var validateEvery = ValidationInterval.epoch
  /// Validations without improvement after which training ends; `nil` goes on.
  package var patience: Int? = 5
  /// What validations are judged by; the first metric decides which model is best.
  package var metrics = [ValidationMetric.loss]
  /// Which metrics patience waits for.
  package var stopOn = StoppingPolicy.first
  /// Translations shown at a validation; `nil` shows three if translations are made anyway.
  package var samples: Int?
  /// Models of the last validations that are kept besides the best ones.
  package var keep = 0
  /// Updates between checkpoints; `nil` writes one at each validation only.
  package var saveEvery: Int?
  /// Updates between entries in the log.
  package var logEvery = 50

  /// The default training.
  package init() {}

  /// The size of a batch in target tokens for a corpus of so many: as stated, or else such that an
  /// epoch has at least 150 batches, but no fewer than 200 and no more than 4000 tokens.
  package func batchTokens(trainingTokens: Int) -> Int {
    batchTokens ?? min(max(trainingTokens / 150, 200), 4000)
  }

  /// The translations shown at a validation.
  var sampleCount: Int {
    samples ?? (metrics.contains(where: \.needsTranslations) ? 3 : 0)
  }

  /// The updates after which the limits end a run whose epochs have so many batches; `nil` without limits.
  func plannedUpdates(batches: Int) -> Int? {
    let perEpoch = (batches + accumulate - 1) / accumulate
    return [updates, epochs.map { $0 * perEpoch }].compactMap(\.self).min()
  }
}

/// What keeps the weights that a run begins with: `training.freeze` of a configuration.
package enum FrozenPart: String, CaseIterable, Sendable {
  /// Nothing.
  case none
  /// The encoder.
  case encoder

  /// Whether a parameter keeps its value.
  func holds(_ entry: ParameterLayout.Entry) -> Bool {
    switch self {
    case .none: false
    case .encoder: entry.name.hasPrefix("encoder.")
    }
  }
}

/// When the validation pairs are looked at.
package enum ValidationInterval: Sendable, Equatable {
  /// At the end of each epoch.
  case epoch
  /// After each so many updates, and at the end of the run.
  case updates(Int)
}

/// How weights follow gradients: the `training.optimizer` object of a configuration.
package struct OptimizerConfiguration: Sendable, Equatable {
  /// The method.
  package var kind = OptimizerKind.adam
  /// Size of a step.
  package var learningRate = 0.001
  /// Decay of the mean of gradients; adam and adamw.
  package var beta1 = 0.9
  /// Decay of the mean of squared gradients; adam and adamw.
  package var beta2 = 0.999
  /// Added to the root of the latter before division; adam and adamw.
  package var epsilon = 1e-8
  /// Share of each weight that an update at a learning rate of 1 would take away; adamw only.
  package var weightDecay = 0.01
  /// Share of the previous step that goes into the next; sgd only.
  package var momentum = 0.9

  /// The default optimizer.
  package init() {}
}

/// A method to follow gradients.
package enum OptimizerKind: String, CaseIterable, Sendable {
  /// Adaptive moments (Kingma and Ba 2015, arXiv:1412.6980).
  case adam
  /// Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019, arXiv:1711.05101).
  case adamw
  /// Stochastic gradient descent with momentum.
  case sgd
}
