import DragomanLayers
import DragomanModels
import DragomanTensor

/// Models of the same vocabularies that write together: the probability of a token is the mean of theirs.
struct Ensemble: Sendable {
  let models: [PackedModel]

  init(_ models: [PackedModel]) {
    precondition(!models.isEmpty, "an ensemble of no models")
    self.models = models
  }

  /// Where the models stand with some hypotheses, a row for each.
  struct State {
    fileprivate let states: [DecoderState]

    /// The states at `rows`, in new memory.
    func gathered(_ rows: [Int32], _ workspace: Workspace) -> State {
      State(states: states.map { $0.gathered(rows, workspace) })
    }
  }

  /// Encodes sources: the state before the first step, a row for each, and how many positions each has, which is the
  /// same for all models.
  func start(_ source: Source, _ workspace: Workspace) -> (state: State, lengths: [Int]) {
    let starts = models.map { $0.start(source, $0.pass(workspace)) }
    precondition(
      starts.allSatisfy { $0.lengths == starts[0].lengths }, "models that see other positions")
    return (State(states: starts.map(\.state)), starts[0].lengths)
  }

  /// What a step leaves behind.
  struct Step {
    /// What the projection of each model reads, `[n, F]`.
    fileprivate let features: [Matrix]
    /// The mean attention, `[n, S]`.
    let weights: Matrix
    let state: State
  }

  /// Goes one step after `tokens`.
  func step(_ tokens: [Int32], _ state: State, _ workspace: Workspace) -> Step {
    let steps = zip(models, state.states).map { $1.step(tokens, $0.pass(workspace)) }
    let weights = steps[0].attention
    if steps.count > 1 {
      for step in steps.dropFirst() { workspace.kernels.add(step.attention, to: weights) }
      workspace.kernels.scale(weights, by: 1 / Float(steps.count))
    }
    return Step(
      features: steps.map(\.features), weights: weights, state: State(states: steps.map(\.state)))
  }

  /// The scores of all tokens after a step.
  func scores(of step: Step, _ workspace: Workspace) -> StepScores {
    let logits = zip(models, step.features).map { $0.readout.logits(of: $1, $0.pass(workspace)) }
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
  var screen: Screen? { models.count == 1 ? models[0].readout.screen : nil }

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
    let undecided = workspace.gathered(rows, of: features)
    let logits = models[0].readout.logits(of: undecided, models[0].pass(workspace))
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
