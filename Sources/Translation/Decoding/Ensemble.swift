import DragomanLayers
import DragomanTensor

/// Models of the same vocabularies that write together: the probability of a token is the mean of theirs.
struct Ensemble: Sendable {
  let models: [PackedModel]

  init(_ models: [PackedModel]) {
    precondition(!models.isEmpty, "an ensemble of no models")
    self.models = models
  }

  /// What the models made of the sources.
  struct Encoded {
    let memories: [Attention.Memory]
    /// One query per sentence.
    let spans: [AttentionSpan]
    let states: [PackedModel.State]
  }

  /// Encodes sources, each of which ends in its end token.
  func encode(_ sources: [[Int32]], _ workspace: Workspace) -> Encoded {
    let encoded = models.map { $0.encode(sources, $0.pass(workspace)) }
    return Encoded(
      memories: encoded.map(\.memory), spans: encoded[0].spans, states: encoded.map(\.state))
  }

  /// Goes one step: the scores after `tokens`, the mean attention, `[n, S]`, and the states after it.
  func step(
    _ tokens: [Int32], _ states: [PackedModel.State], _ memories: [Attention.Memory],
    spans: [AttentionSpan], _ workspace: Workspace
  ) -> (scores: StepScores, weights: Matrix, states: [PackedModel.State]) {
    let steps = models.indices.map { index in
      models[index].step(
        tokens, states[index], memories[index], spans: spans[...], models[index].pass(workspace))
    }
    let first = steps[0]
    guard steps.count > 1 else {
      return (
        StepScores(matrix: first.logits, areLogProbabilities: false), first.weights, [first.state]
      )
    }
    let kernels = workspace.kernels
    for step in steps {
      kernels.logSoftmax(step.logits)
      kernels.exp(step.logits)
    }
    for step in steps.dropFirst() {
      kernels.add(step.logits, to: first.logits)
      kernels.add(step.weights, to: first.weights)
    }
    kernels.scale(first.logits, by: 1 / Float(steps.count))
    kernels.scale(first.weights, by: 1 / Float(steps.count))
    kernels.log(first.logits)
    return (
      StepScores(matrix: first.logits, areLogProbabilities: true), first.weights,
      steps.map(\.state)
    )
  }
}

extension PackedModel {
  /// A pass over its own weights.
  fileprivate func pass(_ workspace: Workspace) -> Pass {
    Pass(weights: weights, workspace: workspace)
  }
}
