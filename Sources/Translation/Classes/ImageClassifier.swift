package import DragomanImages
import DragomanLayers
import DragomanModels
package import DragomanTensor

/// Gives images their classes.
///
/// The result of an image depends neither on the other ones nor on the number of threads.
package struct ImageClassifier: Sendable {
  private let batches: BatchClassifier
  /// What is done to an image before the model reads it.
  package let preparation: ImagePreparation
  /// Images of a batch; what is computed does not depend on it.
  private let batchSize = 64

  /// The classifier of a model; `nil` if that reads something else.
  package init?(_ model: TrainedClassifier, kernels: Kernels = Kernels(threads: nil)) {
    guard case .images(let preparation) = model.reading else { return nil }
    (batches, self.preparation) = (BatchClassifier(model: model, kernels: kernels), preparation)
  }

  /// The model.
  package var model: TrainedClassifier { batches.model }

  /// What was found of an image: its classes, and where the model looked.
  package struct Finding: Sendable {
    /// All classes, the most probable first.
    package let classification: Classification
    /// How much each part of the image counted, line by line; `nil` if the model weighs nothing.
    package let map: AttentionMap?

    /// What was found.
    package init(classification: Classification, map: AttentionMap?) {
      (self.classification, self.map) = (classification, map)
    }
  }

  /// The weights of the parts of an image.
  package struct AttentionMap: Sendable, Equatable {
    /// Lines of parts.
    package let height: Int
    /// Parts of a line.
    package let width: Int
    /// The weights, line by line; with the row of a class they are the shares of the rest.
    package let weights: [Float]

    /// Weights of so many lines and parts of each.
    package init(height: Int, width: Int, weights: [Float]) {
      (self.height, self.width, self.weights) = (height, width, weights)
    }
  }

  /// The classes of images, in their order.
  package func classify(_ images: [Image], withMaps: Bool = false) -> [Finding] {
    classify(numbers: images.map(preparation.numbers), withMaps: withMaps)
  }

  /// The classes of images that are prepared already.
  package func classify(numbers: [[Float]], withMaps: Bool = false) -> [Finding] {
    let pass = Pass(weights: model.weights, workspace: Workspace(kernels: batches.kernels))
    var result: [Finding] = []
    for start in stride(from: 0, to: numbers.count, by: batchSize) {
      let part = numbers[start..<min(start + batchSize, numbers.count)]
      let found = batches.classify(
        .images(part.flatMap(\.self), preparation.shape), withWeights: withMaps, pass)
      result += found.map { found in
        Finding(
          classification: Classification(choices: found.choices, weights: nil),
          map: found.weights.map(map))
      }
    }
    return result
  }

  /// Weights of rows as a map: the row of the class, if there is one, is left out.
  private func map(_ weights: [Float]) -> AttentionMap {
    let hasClass = model.model.configuration.pooling == .cls
    let parts = hasClass ? Array(weights.dropFirst()) : weights
    let (height, width) = model.model.gridSize ?? (1, parts.count)
    let sum = hasClass ? max(parts.reduce(0, +), .leastNormalMagnitude) : 1
    return AttentionMap(height: height, width: width, weights: parts.map { $0 / sum })
  }
}
