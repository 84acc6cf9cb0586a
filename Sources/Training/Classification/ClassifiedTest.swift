import DragomanFormats
import DragomanImages
import DragomanModels
package import DragomanText
package import DragomanTranslation

/// The examples that a classifier is tested with, and their classes.
package struct ClassifiedTest: Sendable {
  /// What was read and skipped.
  package let summary: [CorpusSummary]
  /// The classes that the examples have, without spaces at their ends.
  package let labels: [String]
  /// The texts; none of other examples.
  package var texts: [String] {
    switch content {
    case .lines(let lines): lines
    case .images, .features: []
    }
  }
  private let content: Content

  private enum Content {
    case lines([String])
    case images(ExampleList, ImageDataConfiguration)
    case features(ExampleList, FeatureDataConfiguration)
  }

  /// Reads the names or texts and the classes of files, as the configuration of a model has it.
  package init(_ files: [CorpusFile], _ configuration: RunConfiguration) throws {
    let data = configuration.data
    let corpus: ParallelCorpus
    if configuration.classifier.readsTexts {
      corpus = try data.read(files, skippingBroken: false)
      content = .lines(Array(corpus.sources))
    } else {
      let list = try ExampleList(files, data, skippingBroken: false)
      corpus = list.corpus
      content =
        configuration.classifier.readsFeatures
        ? .features(list, data.features) : .images(list, data.images)
    }
    summary = corpus.summary
    labels = corpus.targets.map(ClassLabels.name)
  }

  /// What a classifier finds, in the order of the labels.
  package func found(by classifier: ExampleClassifier) throws -> [String] {
    switch content {
    case .lines(let lines):
      return try classifier.classify(lines).map(\.classification.best)
    case .images(let list, let images):
      guard let classifier = classifier.images else { return [] }
      var (found, waiting): ([String], [Image]) = ([], [])
      func classify() {
        found += classifier.classify(waiting).map(\.classification.best)
        waiting = []
      }
      try list.forEachImage(images) { image in
        waiting.append(image)
        // So many as are computed at once.
        if waiting.count == 64 { classify() }
      }
      classify()
      return found
    case .features(let list, let features):
      guard let classifier = classifier.features else { return [] }
      let examples = try FeatureExamples(
        list, features, size: (classifier.preparation.size, "the model reads them"))
      return try classifier.classify(lengths: examples.lengths, rows: examples.rows)
        .map(\.classification.best)
    }
  }
}
