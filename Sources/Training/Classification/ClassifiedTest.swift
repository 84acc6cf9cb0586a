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

  /// What a classifier finds in some of the examples, in the order of the labels.
  ///
  /// - Throws: `NoNumber`, and what goes wrong when examples are read.
  package func found(by classifier: ExampleClassifier, in part: Range<Int>) throws -> [String] {
    switch content {
    case .lines(let lines):
      return try classifier.classify(Array(lines[part]), from: part.lowerBound + 1)
        .map(\.classification.best)
    case .images(let list, let images):
      guard let classifier = classifier.images else { return [] }
      var (found, waiting): ([Classification], [Image]) = ([], [])
      func classify() {
        found += classifier.classify(waiting).map(\.classification)
        waiting = []
      }
      try list.forEachImage(images, of: Set(part)) { image in
        waiting.append(image)
        // So many as are computed at once.
        if waiting.count == 64 { classify() }
      }
      classify()
      return try Self.labels(found, names: part.map { list.corpus[$0].source })
    case .features(let list, let features):
      guard let classifier = classifier.features else { return [] }
      let examples = try FeatureExamples(
        list, features, size: (classifier.preparation.size, "the model reads them"))
      let found = try classifier.classify(lengths: Array(examples.lengths[part])) {
        try examples.rows(at: part.lowerBound + $0)
      }
      return try Self.labels(
        found.map(\.classification), names: part.map { list.corpus[$0].source })
    }
  }

  /// The most probable classes of examples with these names.
  private static func labels(
    _ found: [Classification], names: [String]
  ) throws(NoNumber) -> [String] {
    for (name, classification) in zip(names, found) where classification.isBroken {
      throw NoNumber(of: name)
    }
    return found.map(\.best)
  }
}
