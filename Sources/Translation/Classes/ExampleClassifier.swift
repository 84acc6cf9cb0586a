package import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanTensor

/// Classifies what lines say or name: texts, or the files of images.
package struct ExampleClassifier: Sendable {
  private let kind: Kind
  /// What the file tells of the texts that the model learnt from.
  private let learnt: LearntText?

  private enum Kind {
    case texts(TextClassifier)
    case images(ImageClassifier)
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
    } else {
      preconditionFailure("a classifier that reads neither texts nor images")
    }
  }

  /// One example and what was found of it.
  package struct Finding: Sendable {
    /// The text, or the name of the file.
    package let line: String
    /// Its classes.
    package let classification: Classification
    /// The image as the model gets it, but for its normalisation.
    package let image: Image?
    /// How much each part of the image counted.
    package let map: ImageClassifier.AttentionMap?
  }

  /// The model.
  package var model: TrainedClassifier {
    switch kind {
    case .texts(let classifier): classifier.model
    case .images(let classifier): classifier.model
    }
  }

  /// What the model has never met of a text; `nil` if it has met the like, and of images.
  package func note(on line: String) -> SourceNote? {
    model.codec.flatMap { SourceNote(line, $0, learnt) }
  }

  /// Whether examples are images, which lines name.
  package var readsImages: Bool {
    switch kind {
    case .texts: false
    case .images: true
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

  /// The classes of examples, in their order.
  package func classify(_ lines: [String], withWeights: Bool = false) throws -> [Finding] {
    switch kind {
    case .texts(let classifier):
      return zip(lines, classifier.classify(lines, withWeights: withWeights)).map {
        Finding(line: $0, classification: $1, image: nil, map: nil)
      }
    case .images(let classifier):
      let preparation = classifier.preparation
      let images = try lines.map { path in
        ImagePreparation.fitted(
          try Image(path: path), to: preparation.shape, preparation.fit)
      }
      return zip(zip(lines, images), classifier.classify(images, withMaps: withWeights)).map {
        Finding(
          line: $0.0, classification: $1.classification, image: $0.1, map: $1.map)
      }
    }
  }
}
