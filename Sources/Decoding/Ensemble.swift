import DragomanSystem
import DragomanModels
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

  /// What a step leaves behind.
  struct Step {
    /// What the output layer of each model reads, `[n, F]`.
    let features: [Matrix]
    /// The mean attention, `[n, S]`.
    let weights: Matrix
    let states: [PackedModel.State]
  }

  /// Goes one step behind `tokens`.
  func step(
    _ tokens: [Int32], _ states: [PackedModel.State], _ memories: [Attention.Memory],
    spans: [AttentionSpan], _ workspace: Workspace
  ) -> Step {
    let steps = models.indices.map { index in
      models[index].step(
        tokens, states[index], memories[index], spans: spans[...], models[index].pass(workspace))
    }
    let weights = steps[0].weights
    if steps.count > 1 {
      for step in steps.dropFirst() { workspace.kernels.add(step.weights, to: weights) }
      workspace.kernels.scale(weights, by: 1 / Float(steps.count))
    }
    return Step(features: steps.map(\.features), weights: weights, states: steps.map(\.state))
  }

  /// The scores of all tokens after a step.
  func scores(of step: Step, _ workspace: Workspace) -> StepScores {
    let logits = zip(models, step.features).map { $0.logits(of: $1, $0.pass(workspace)) }
    guard logits.count > 1 else {
      return StepScores(matrix: logits[0], areLogProbabilities: false)
    }
    let kernels = workspace.kernels
    for logits in logits {
      kernels.logSoftmax(logits)
      kernels.exp(logits)
    }
    for other in logits.dropFirst() { kernels.add(other, to: logits[0]) }
    kernels.scale(logits[0], by: 1 / Float(logits.count))
    kernels.log(logits[0])
    return StepScores(matrix: logits[0], areLogProbabilities: true)
  }

  /// The screen of the only model, if it has one.
  var screen: Screen? { models.count == 1 ? models[0].screen : nil }

  /// The most probable token of each row after a step of the only model; −1 where there is none.
  func mostProbable(
    after step: Step, _ screen: Screen, _ record: inout ScreenRecord, _ workspace: Workspace
  ) -> [Int32] {
    let kernels = workspace.kernels
    let features = step.features[0]
    var (tokens, _) = kernels.greatest(of: features, screen, in: workspace)
    let rows = tokens.indices.filter { tokens[$0] < 0 }.map { Int32($0) }
    record.add(undecided: rows.count, of: tokens.count)
    guard !rows.isEmpty else { return tokens }
    let undecided = workspace.matrix(rows: rows.count, columns: features.columns)
    kernels.gather(rows, of: features, into: undecided)
    let logits = models[0].logits(of: undecided, models[0].pass(workspace))
    let top = kernels.top(1, of: logits, logProbabilities: true)
    for (index, row) in rows.enumerated() where !top.scores[index].isNaN {
      tokens[Int(row)] = top.columns[index]
    }
    return tokens
  }
}

extension PackedModel {
  /// A pass over its own weights.
  fileprivate func pass(_ workspace: Workspace) -> Pass {
    Pass(weights: weights, workspace: workspace)
  }
}
