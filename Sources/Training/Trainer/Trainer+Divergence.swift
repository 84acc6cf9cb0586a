import DragomanLayers
import DragomanSystem
import DragomanTensor
import DragomanTranslation

/// What becomes of numbers that are not finite.
extension Trainer {
  /// The model of the best validation, if that one is good: its loss is finite and below the fence.
  ///
  /// The fence is `training.divergedAbove`, or else the loss of a uniform guess once a validation was below that.
  var lastGood: Divergence.Good? {
    // The others need not see the file that the first process reads for them.
    guard let best = record.best, best.loss.isFinite, best.loss < fence,
      !processes.isFirst || folder.hasBest
    else {
      return nil
    }
    return Divergence.Good(path: folder.best, update: best.update, loss: best.loss)
  }

  private var fence: Double {
    if let stated = training.divergedAbove { return stated }
    guard let uniform = state.task.uniformLoss,
      record.validations.contains(where: { $0.loss < uniform })
    else { return .infinity }
    return uniform
  }

  /// Deals with a batch whose loss or gradient is not finite: passes over it if the configuration says so.
  ///
  /// - Parameters:
  ///   - divergence: what is not finite, without what takes time to find out.
  ///   - epoch: the epoch that is under way.
  ///   - group: the batches of the update.
  func recover(
    from divergence: Divergence, _ epoch: any TrainingEpoch, _ group: Range<Int>
  ) throws {
    var divergence = divergence
    divergence.places = state.task.places(of: group.flatMap { epoch.origins(at: $0) })
    divergence.tensors = state.weights.namesOfNonFinite(kernels)
    if divergence.tensors.isEmpty {
      divergence.tensors = gradients.namesOfNonFinite(kernels).map { "the gradient of \($0)" }
    }
    divergence.lastGood = lastGood
    switch training.onDivergence {
    case .stop: throw TrainingError.diverged(divergence)
    case .skip:
      skipsInARow += 1
      guard skipsInARow <= DivergencePolicy.mostSkips else {
        divergence.attempts = "\(DivergencePolicy.mostSkips) updates in a row were passed over"
        throw TrainingError.diverged(divergence)
      }
    case .reloadAndLower: try goBack(divergence)
    }
    state.position.skip(batches: group.count)
    observers.forEach { $0.diverged(divergence, training.onDivergence) }
  }

  /// Goes back to the best model and on from there at half the learning rate, with a new optimizer.
  func goBack(_ divergence: Divergence) throws {
    var divergence = divergence
    guard let good = lastGood, position.lowered < DivergencePolicy.mostFalls else {
      if lastGood != nil {
        divergence.attempts = "the learning rate was halved \(DivergencePolicy.mostFalls) times"
      }
      throw TrainingError.diverged(divergence)
    }
    try reloadBest(after: good.update)
    state.position.lowered += 1
    state.position.restarted = position.update
  }

  /// Goes back to the best weights with a new optimizer (Denkowski and Neubig 2017, section 3.2).
  func reloadBest(after update: Int? = nil) throws {
    if processes.isFirst {
      let saved = try SavedModel(path: folder.best, in: folder.open)
      if let update, let record = TrainingRecord(saved.stored.record), record.updates != update {
        throw TrainingError.otherBest(path: folder.best, expected: update, found: record.updates)
      }
      state.weights.assign(saved.stored.weights)
    }
    try SlabSum.spread(state.weights.slab, over: processes)
    state.average?.values.assign(state.weights)
    state.optimizer.restart(kernels)
  }
}
