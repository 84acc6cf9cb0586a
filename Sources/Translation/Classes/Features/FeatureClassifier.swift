import DragomanLayers
import DragomanModels
package import DragomanTensor
import DragomanText

/// Gives lists of rows of features their classes.
///
/// The result of an example depends neither on the other ones nor on the number of threads.
package struct FeatureClassifier: Sendable {
  private let batches: BatchClassifier
  /// What is done to rows before the model reads them.
  package let preparation: FeaturePreparation
  /// Rows of a batch; what is computed does not depend on it.
  private let batchRows = 4000

  /// The classifier of a model; `nil` if that reads something else.
  package init?(_ model: TrainedClassifier, kernels: Kernels = Kernels(threads: nil)) {
    guard case .features(let preparation) = model.reading else { return nil }
    (batches, self.preparation) = (BatchClassifier(model: model, kernels: kernels), preparation)
  }

  /// The model.
  package var model: TrainedClassifier { batches.model }

  /// What was found of an example.
  package struct Finding: Sendable {
    /// All classes, the most probable first.
    package let classification: Classification
    /// How much each row counted; `nil` if the model weighs nothing.
    package let weights: [Float]?
  }

  /// The classes of examples, in their order.
  ///
  /// - Parameters:
  ///   - lengths: the rows of each example.
  ///   - withWeights: whether to tell how much each row counted, where pooling is by attention.
  ///   - rows: gives the rows of an example, `[T, d]`, as they are stored; asked batch by batch.
  package func classify(
    lengths: [Int], withWeights: Bool = false, rows: (Int) throws -> [Float]
  ) rethrows -> [Finding] {
    let plan = BatchPlan(
      lengths: BatchLengths(source: lengths, target: lengths), batchTokens: batchRows)
    var result = [Finding?](repeating: nil, count: lengths.count)
    let pass = Pass(weights: model.weights, workspace: Workspace(kernels: batches.kernels))
    for batch in 0..<plan.count {
      let indices = plan.indices(at: batch).map { Int($0) }
      var source = FeatureRows([], size: preparation.size)
      for index in indices { source.append(preparation.numbers(of: try rows(index))) }
      let found = batches.classify(.features(source), withWeights: withWeights, pass)
      for (index, found) in zip(indices, found) {
        result[index] = Finding(
          classification: Classification(choices: found.choices, weights: nil),
          weights: found.weights)
      }
    }
    return result.compactMap(\.self)
  }
}
