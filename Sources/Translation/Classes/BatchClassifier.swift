import DragomanLayers
import DragomanModels
import DragomanTensor

/// Goes through batches of examples with a classifier: what texts, images and features have in common.
struct BatchClassifier: Sendable {
  let model: TrainedClassifier
  let kernels: Kernels

  /// What the model says of one example.
  struct Result {
    let choices: [Classification.Choice]
    /// How much each vector of the example counted, if the model weighs them.
    let weights: [Float]?
  }

  /// The classes of the examples of a batch, in their order.
  func classify(_ source: Source, withWeights: Bool, _ pass: Pass) -> [Result] {
    pass.workspace.reset()
    let trace = model.model.forward(source, pass)
    let seen = withWeights ? trace.seen : nil
    let logits = model.model.logits(trace, pass)
    kernels.logSoftmax(logits)
    kernels.exp(logits)
    return (0..<source.count).map { row in
      Result(
        choices: choices(logits.rows(row..<(row + 1)).elements),
        weights: seen.map { $0[row] })
    }
  }

  /// All classes, the most probable first.
  private func choices(_ probabilities: [Float]) -> [Classification.Choice] {
    probabilities.indices
      .sorted { (probabilities[$0], $1) > (probabilities[$1], $0) }
      .map { .init(label: model.labels[$0], probability: probabilities[$0]) }
  }
}

extension Classifier.Trace {
  /// How much each vector counted, example by example: the weights of pooling by attention, or where the row of the
  /// class looked in the last layer, the mean of its heads; `nil` if nothing is weighed.
  var seen: [[Float]]? {
    let offsets = rows.offsets
    if let weights = pooling.weights {
      return (0..<rows.sentences).map { row in
        Array(
          weights.rows(row..<(row + 1)).elements[..<Int(offsets[row + 1] - offsets[row])])
      }
    }
    guard pooling.isFirst, case .vision(_, let trace) = encoder,
      let weights = trace.stack.attention.last
    else { return nil }
    let longest = rows.longest
    let heads = weights.columns / max(longest, 1)
    return (0..<rows.sentences).map { example in
      let start = Int(offsets[example])
      let all = weights.rows(start..<(start + 1)).elements
      let count = Int(offsets[example + 1]) - start
      return (0..<count).map { column in
        (0..<heads).reduce(0) { $0 + all[$1 * longest + column] } / Float(heads)
      }
    }
  }
}
