import DragomanFormats
import DragomanLayers
import DragomanModels
package import DragomanTensor
import DragomanText

/// Gives texts their classes.
///
/// The result of a line depends neither on the other lines nor on the number of threads.
package struct TextClassifier: Sendable {
  private let batches: BatchClassifier
  private let codec: TextCodec
  /// Tokens of a batch; what is computed does not depend on it.
  private let batchTokens = 4000

  /// The classifier of a model; `nil` if that reads something else.
  package init?(_ model: TrainedClassifier, kernels: Kernels = Kernels(threads: nil)) {
    guard let codec = model.codec else { return nil }
    (batches, self.codec) = (BatchClassifier(model: model, kernels: kernels), codec)
  }

  /// The model.
  package var model: TrainedClassifier { batches.model }
  /// Whether pooling weighs the tokens of a text, so that one can see which counted.
  package var hasWeights: Bool { model.model.configuration.pooling == .attention }

  /// The classes of texts, in their order.
  ///
  /// - Parameters:
  ///   - lines: the texts.
  ///   - withWeights: whether to tell how much each token counted, where pooling is by attention.
  package func classify(_ lines: [String], withWeights: Bool = false) -> [Classification] {
    let encoded = codec.encode(lines.map(TextGate.text))
    let lengths = lines.indices.map { encoded.length(at: $0) }
    let plan = BatchPlan(
      lengths: BatchLengths(source: lengths, target: lengths), batchTokens: batchTokens)
    var result = [Classification?](repeating: nil, count: lines.count)
    let pass = Pass(weights: model.weights, workspace: Workspace(kernels: batches.kernels))
    for batch in 0..<plan.count {
      let indices = plan.indices(at: batch).map { Int($0) }
      let texts = indices.map { encoded[$0] }
      let found = batches.classify(
        .tokens(texts), withWeights: withWeights && hasWeights, pass)
      for (index, (text, found)) in zip(indices, zip(texts, found)) {
        result[index] = Classification(
          choices: found.choices,
          weights: found.weights.map { weights in
            zip(text, weights).map { .init(token: codec.display($0), weight: $1) }
          })
      }
    }
    return result.compactMap(\.self)
  }
}
