package import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanTensor

/// Classifies what lines say or name: texts, or the files of images or of features.
package struct ExampleClassifier: Sendable {
  private let kind: Kind
  /// What the file tells of the texts that the model learnt from.
  private let learnt: LearntText?

  private enum Kind {
    case texts(TextClassifier)
    case images(ImageClassifier)
    case features(FeatureClassifier)
  }

  /// The classifier of a file.
  package init(path: String, threads: Int? = nil) throws {
    let file = try ModelFileError.reading(path) { try ClassifierFile(path: path) }
    let model = file.trained
    learnt = file.learnt
    let kernels = Kernels(threads: threads)
    if let texts = TextClassifier(model, kernels: kernels) {
      kind = .texts(texts)
    } else if let images = ImageClassifier(model, kernels: kernels) {
      kind = .images(images)
    } else if let features = FeatureClassifier(model, kernels: kernels) {
      kind = .features(features)
    } else {
      preconditionFailure("a classifier that reads neither texts nor images nor features")
    }
  }

  /// One example and what was found of it.
  package struct Finding: Sendable {
    /// The text, or the name of the file, with the example's number where a file has several.
    package let line: String
    /// Its classes.
    package let classification: Classification
    /// The image as the model gets it, but for its normalisation.
    package private(set) var image: Image?
    /// How much each part of the image counted.
    package private(set) var map: ImageClassifier.AttentionMap?
    /// The rows, if the example is one of features, and how much each counted if that was asked for.
    package private(set) var rows: Rows?

    /// Rows of features.
    package struct Rows: Sendable {
      /// How many there are.
      package let count: Int
      /// How much each counted.
      package let weights: [Float]?
    }
  }

  /// The model.
  package var model: TrainedClassifier {
    switch kind {
    case .texts(let classifier): classifier.model
    case .images(let classifier): classifier.model
    case .features(let classifier): classifier.model
    }
  }

  /// What the model has never met of a text; `nil` if it has met the like, and of images.
  package func note(on line: String) -> SourceNote? {
    model.codec.flatMap { SourceNote(line, $0, learnt) }
  }

  /// Whether examples are images, which lines name.
  package var readsImages: Bool {
    switch kind {
    case .texts, .features: false
    case .images: true
    }
  }

  /// Classifies images; `nil` if the model reads something else.
  package var images: ImageClassifier? {
    switch kind {
    case .images(let classifier): classifier
    case .texts, .features: nil
    }
  }

  /// Classifies rows of features; `nil` if the model reads something else.
  package var features: FeatureClassifier? {
    switch kind {
    case .features(let classifier): classifier
    case .texts, .images: nil
    }
  }

  /// Whether the model weighs the parts of an example.
  package var hasWeights: Bool {
    switch model.model.configuration.pooling {
    case .attention: true
    // The row of the class looks at all patches.
    case .cls: readsImages
    case .mean: false
    }
  }

  /// The classes of examples, in their order; a file may hold several.
  ///
  /// `first` is the number of the first line, from 1, for messages; `nil` where there is only one.
  package func classify(
    _ lines: [String], from first: Int? = 1, withWeights: Bool = false
  ) throws -> [Finding] {
    let findings = try found(lines, from: first, withWeights: withWeights)
    if let place = findings.firstIndex(where: { $0.classification.isBroken }) {
      guard case .texts = kind else { throw NoNumber(of: findings[place].line) }
      throw NoNumber(line: first.map { $0 + place })
    }
    return findings
  }

  private func found(_ lines: [String], from first: Int?, withWeights: Bool) throws -> [Finding] {
    switch kind {
    case .texts(let classifier):
      for (index, line) in lines.enumerated() {
        try model.codec?.requireReadable(line, at: first.map { $0 + index })
      }
      return zip(lines, classifier.classify(lines, withWeights: withWeights)).map {
        Finding(line: $0, classification: $1)
      }
    case .images(let classifier):
      return try classify(lines, classifier, withWeights: withWeights)
    case .features(let classifier):
      return try lines.flatMap {
        try classify(FeatureFile(path: $0), classifier, withWeights: withWeights)
      }
    }
  }

  private func classify(
    _ paths: [String], _ classifier: ImageClassifier, withWeights: Bool
  ) throws -> [Finding] {
    let preparation = classifier.preparation
    var named: [(String, Image)] = []
    for path in paths {
      try ImageStack.forEachImage(path: path) { name, image in
        named.append((name, ImagePreparation.fitted(image, to: preparation.shape, preparation.fit)))
      }
    }
    return zip(named, classifier.classify(named.map(\.1), withMaps: withWeights)).map {
      Finding(
        line: $0.0, classification: $1.classification, image: $0.1, map: $1.map)
    }
  }

  private func classify(
    _ file: FeatureFile, _ classifier: FeatureClassifier, withWeights: Bool
  ) throws -> [Finding] {
    try file.require(size: classifier.preparation.size, "the model reads them")
    let lengths = (0..<file.count).map(file.length)
    let found = try classifier.classify(
      lengths: lengths, withWeights: withWeights && hasWeights, rows: file.rows)
    return found.enumerated().map { index, found in
      Finding(
        line: file.name(at: index), classification: found.classification,
        rows: .init(count: lengths[index], weights: found.weights))
    }
  }
}
