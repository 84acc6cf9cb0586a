package import DragomanModels
import DragomanLayers
package import DragomanTensor
import DragomanText

/// Gives texts their classes.
///
/// The result of a line depends neither on the other lines nor on the number of threads.
package struct TextClassifier: Sendable {
  /// The model.
  package let model: TrainedClassifier
  private let kernels: Kernels
  /// Tokens of a batch; what is computed does not depend on it.
  private let batchTokens = 4000

  /// The classifier of a model.
  package init(_ model: TrainedClassifier, kernels: Kernels = Kernels(threads: nil)) {
    (self.model, self.kernels) = (model, kernels)
  }

  /// The classifier of a file.
  package init(path: String, threads: Int? = nil) throws {
    self.init(
      try ModelFileError.reading(path) { try ClassifierFile(path: path) }.trained,
      kernels: Kernels(threads: threads))
  }

  /// Whether pooling weighs the tokens of a text, so that one can see which counted.
  package var hasWeights: Bool { model.model.configuration.pooling == .attention }

  /// The classes of texts, in their order.
  ///
  /// - Parameters:
  ///   - lines: the texts.
  ///   - withWeights: whether to tell how much each token counted, where pooling is by attention.
  package func classify(_ lines: [String], withWeights: Bool = false) -> [Classification] {
    let encoded = model.source.encode(lines)
    let lengths = lines.indices.map { encoded.length(at: $0) }
    let plan = BatchPlan(
      lengths: BatchLengths(source: lengths, target: lengths), batchTokens: batchTokens)
    var result = [Classification?](repeating: nil, count: lines.count)
    let pass = Pass(weights: model.weights, workspace: Workspace(kernels: kernels))
    for batch in 0..<plan.count {
      pass.workspace.reset()
      let indices = plan.indices(at: batch).map { Int($0) }
      let texts = indices.map { encoded[$0] }
      let trace = model.model.forward(.tokens(texts), pass)
      let logits = model.model.logits(trace, pass)
      kernels.logSoftmax(logits)
      kernels.exp(logits)
      for (row, index) in indices.enumerated() {
        let weights =
          withWeights && hasWeights
          ? trace.pooling.weights.map { weights in
            zip(texts[row], weights.rows(row..<(row + 1)).elements).map { id, weight in
              Classification.TokenWeight(token: model.source.display(id), weight: weight)
            }
          } : nil
        result[index] = Classification(
          choices: choices(logits.rows(row..<(row + 1)).elements), weights: weights)
      }
    }
    return result.compactMap(\.self)
  }

  private func choices(_ probabilities: [Float]) -> [Classification.Choice] {
    probabilities.indices
      .sorted { (probabilities[$0], $1) > (probabilities[$1], $0) }
      .map { .init(label: model.labels[$0], probability: probabilities[$0]) }
  }
}
