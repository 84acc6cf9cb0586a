/// What a look at the validation pairs found.
public struct ValidationReport: Sendable, Equatable {
  /// A validation source and what the model makes of it.
  public struct Sample: Sendable, Equatable {
    /// The source.
    public let source: String
    /// The translation that the file has.
    public let reference: String
    /// The model's translation.
    public let translation: String

    /// A sample.
    public init(source: String, reference: String, translation: String) {
      (self.source, self.reference, self.translation) = (source, reference, translation)
    }
  }

  /// The figures.
  public let validation: TrainingRecord.Validation
  /// The metrics that count, the most important first.
  public let metrics: [ValidationMetric]
  /// Those of them that have never been better.
  public let improved: [ValidationMetric]
  /// Some translations.
  public let samples: [Sample]

  /// A report.
  public init(
    validation: TrainingRecord.Validation, metrics: [ValidationMetric],
    improved: [ValidationMetric], samples: [Sample]
  ) {
    (self.validation, self.metrics) = (validation, metrics)
    (self.improved, self.samples) = (improved, samples)
  }

  /// Whether the model is the best so far, by the first metric.
  public var isBest: Bool { metrics.first.map(improved.contains) ?? false }
}
