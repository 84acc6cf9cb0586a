package import DragomanTraining

/// One entry of `log.jsonl`: what happened to a run, and when.
package struct LogEntry: Sendable, Equatable {
  /// What can happen.
  package enum Event: Sendable, Equatable {
    /// A process began to train, or went on.
    case began(Beginning)
    /// So many updates were made.
    case updated(Update)
    /// The validation examples were looked at.
    case validated(Validation)
    /// The process trains no more.
    case ended(Ending)
  }

  /// What happened.
  package let event: Event
  /// Seconds since the process began.
  package let seconds: Double

  /// An entry.
  package init(_ event: Event, seconds: Double) {
    (self.event, self.seconds) = (event, seconds)
  }

  /// Updates made before it.
  package var update: Int {
    switch event {
    case .began(let beginning): beginning.update
    case .updated(let update): update.update
    case .validated(let validation): validation.figures.update
    case .ended(let ending): ending.update
    }
  }
}

extension LogEntry {
  /// What is known when a process begins to train.
  package struct Beginning: Sendable, Equatable {
    /// Updates made before it.
    package let update: Int
    /// Numbers that are trained.
    package let parameters: Int
    /// Target tokens of a batch.
    package let batchTokens: Int
    /// Threads that compute.
    package let threads: Int
    /// Instruction set that computes.
    package let instructions: String
    /// What tells the validation pairs from others; `nil` in logs of earlier versions, and of classes.
    package var validation: ValidationMark?
  }

  /// Where training stands after some updates.
  package struct Update: Sendable, Equatable {
    /// Updates made.
    package let update: Int
    /// The epoch that is under way, from 0.
    package let epoch: Int
    /// Nats per target token since the entry before.
    package let loss: Double
    /// What is added to it, beside it: the doubly stochastic term; 0 without one.
    package var penalty = 0.0
    /// Length of the gradient before it was clipped.
    package let gradientNorm: Double
    /// The learning rate.
    package let learningRate: Double
    /// Target tokens learnt from.
    package let targetTokens: Int
    /// Examples learnt from.
    package let pairs: Int
    /// Target tokens a second since the entry before, validations and checkpoints left out; `nil` for the first of a
    /// part.
    package let tokensPerSecond: Double?
  }

  /// A validation with what was translated.
  package struct Validation: Sendable, Equatable {
    /// The figures.
    package let figures: TrainingRecord.Validation
    /// Whether the model was the best so far, by the first metric.
    package let isBest: Bool
    /// The metrics that had never been better.
    package let improved: [ValidationMetric]
    /// Seconds of each phase since the process began.
    package let phases: [TrainingPhase: Double]
    /// Translations, the same sources each time.
    package let samples: [ValidationReport.Sample]
    /// What processes that train together had to do with each other since they began; nothing of one alone.
    package var processes: [ProcessReport] = []
  }

  /// The end of what a process did.
  package struct Ending: Sendable, Equatable {
    /// Updates made.
    package let update: Int
    /// Why it is over.
    package let reason: TrainingOutcome
    /// Seconds of each phase since the process began.
    package let phases: [TrainingPhase: Double]
    /// What processes that train together had to do with each other since they began; nothing of one alone.
    package var processes: [ProcessReport] = []
  }
}
