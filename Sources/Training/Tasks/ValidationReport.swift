package import DragomanImages
package import DragomanModels
package import DragomanTranslation

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
    /// How probable the class is that a classifier tells; `nil` of a translation.
    package var probability: Float?
    /// How much each part of an image counted, if the model weighs them.
    package var map: ImageClassifier.AttentionMap?

    /// A sample.
    package init(
      source: String, reference: String, translation: String, probability: Float? = nil,
      map: ImageClassifier.AttentionMap? = nil
    ) {
      (self.source, self.reference, self.translation) = (source, reference, translation)
      (self.probability, self.map) = (probability, map)
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
  /// What a model that reads images looks for first; `nil` of others.
  package let filters: ImageFilters?

  /// A report.
  package init(
    validation: TrainingRecord.Validation, metrics: [ValidationMetric],
    improved: [ValidationMetric], samples: [Sample], filters: ImageFilters? = nil
  ) {
    (self.validation, self.metrics) = (validation, metrics)
    (self.improved, self.samples, self.filters) = (improved, samples, filters)
  }

  /// Whether the model is the best so far, by the first metric.
  package var isBest: Bool { metrics.first.map(improved.contains) ?? false }
}

/// An image among the samples of validations.
package struct SampleImage: Sendable, Equatable {
  /// What its sample has as source.
  package let name: String
  /// The image in the size of the model.
  package let image: Image
}
