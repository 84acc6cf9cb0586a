/// What a look at the validation pairs found.
package struct ValidationReport: Sendable, Equatable {
  /// A validation source and what the model makes of it.
  package struct Sample: Sendable, Equatable {
    /// The source.
    package let source: String
    /// The translation that the file has.
    package let reference: String
    /// The model's translation.
    package let translation: String

    /// A sample.
    package init(source: String, reference: String, translation: String) {
      (self.source, self.reference, self.translation) = (source, reference, translation)
    }
  }

  /// The figures.
  package let validation: TrainingRecord.Validation
  /// The metrics that count, the most important first.
  package let metrics: [ValidationMetric]
  /// Those of them that have never been better.
  package let improved: [ValidationMetric]
  /// Some translations.
  package let samples: [Sample]

  /// A report.
  package init(
    validation: TrainingRecord.Validation, metrics: [ValidationMetric],
    improved: [ValidationMetric], samples: [Sample]
  ) {
    (self.validation, self.metrics) = (validation, metrics)
    (self.improved, self.samples) = (improved, samples)
  }

  /// Whether the model is the best so far, by the first metric.
  package var isBest: Bool { metrics.first.map(improved.contains) ?? false }
}
