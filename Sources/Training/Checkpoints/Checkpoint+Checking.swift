import DragomanFormats
import DragomanTensor

extension Checkpoint {
  /// The greatest count that a run can have come to: beyond it a `Double` would not be exact.
  private static let most = 1 << 53

  /// Compares what the file states of its position with the rest of it, and with the configuration and the data.
  ///
  /// What follows from these is not believed but compared; what does not is bounded, so that nothing that is counted
  /// on from here can overflow, and no loop waits for a place that is passed already.
  ///
  /// - Throws: ``TrainingError/wrongState(path:key:expected:found:)``.
  func requirePlausibleState(_ task: any TrainingTask, path: String) throws(TrainingError) {
    func require(
      _ isRight: Bool, _ key: String, _ expected: String, _ found: any CustomStringConvertible
    ) throws(TrainingError) {
      guard !isRight else { return }
      throw .wrongState(path: path, key: key, expected: expected, found: "\(found)")
    }
    let training = task.configuration.training
    let natural = training.batchTokens(trainingTokens: task.targetTokens)
    try require(
      training.memory == nil ? batchTokens == natural : (1...natural).contains(batchTokens),
      Key.batchTokens, training.memory == nil ? "\(natural)" : "1 to \(natural)", batchTokens)
    let counters = [
      ("update", position.update), ("epoch", position.epoch), ("batch", position.batch),
      ("pairs", position.pairs), ("targetTokens", position.targetTokens),
      ("lossTokens", position.lossTokens), ("skipped", position.skipped),
      ("lowered", position.lowered), ("restarted", position.restarted),
    ]
    for (name, value) in counters {
      try require(value <= Self.most, name, "at most 2^53", value)
    }
    // What the record says was written in the same moment.
    for (name, own, recorded) in [
      ("update", position.update, record.updates), ("epoch", position.epoch, record.epochs),
      ("pairs", position.pairs, record.pairs),
      ("targetTokens", position.targetTokens, record.targetTokens),
    ] { try require(own == recorded, name, "\(recorded), as in the record", own) }
    try require(
      record.metric == training.metrics[0], "metric", training.metrics[0].rawValue,
      record.metric.rawValue)

    let epoch = task.epoch(position.epoch, batchTokens: batchTokens)
    let batches = epoch.count
    try require(
      position.batch < batches && position.batch % training.accumulate == 0, "batch",
      "a multiple of training.accumulate below the \(batches) batches of the epoch", position.batch)
    // An update takes a batch at least and a pair at least; an epoch has as many batches as pairs at most.
    let groups = position.update + position.skipped
    let (begun, tooMany) = (position.epoch + 1).multipliedReportingOverflow(by: task.exampleCount)
    try require(
      !tooMany && begun <= Self.most && groups <= begun
        && groups >= position.epoch + position.batch / training.accumulate, "update",
      "\(position.epoch + position.batch / training.accumulate) to \(begun) in epoch \(position.epoch)",
      position.update)
    try require(
      position.pairs >= position.update && position.pairs <= begun, "pairs",
      "\(position.update) to \(begun)", position.pairs)
    // Every epoch has all examples, so that what was learnt from follows, unless batches were passed over.
    let done = (0..<position.batch).reduce(0) { $0 + epoch.origins(at: $1).count }
    if position.skipped == 0, done > 0 || position.batch == 0 {
      let expected = position.epoch * task.exampleCount + done
      try require(position.pairs == expected, "pairs", "\(expected)", position.pairs)
    }
    try require(
      position.targetTokens >= position.pairs, "targetTokens",
      "at least the \(position.pairs) pairs",
      position.targetTokens)
    try require(
      position.lossTokens <= position.targetTokens, "lossTokens",
      "at most the \(position.targetTokens) target tokens", position.lossTokens)
    try require(
      position.lossSum > -1 && position.lossSum < 1e30, "lossSum", "a sum of losses",
      position.lossSum)
    try require(
      position.lossWeight >= 0 && position.lossWeight < 1e30, "lossWeight", "a sum of weights",
      position.lossWeight)
    try require(
      position.restarted <= position.update, "restarted", "no later update",
      position.restarted)
    try require(
      position.lowered <= DivergencePolicy.mostFalls, "lowered",
      "at most \(DivergencePolicy.mostFalls)", position.lowered)
    try requirePlausibleRecord(require)
  }

  /// Validations come one after the other, and none after the position.
  private func requirePlausibleRecord(
    _ require: (Bool, String, String, any CustomStringConvertible) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    var before = (update: 0, epoch: 0)
    for (index, validation) in record.validations.enumerated() {
      let key = "validations[\(index)]"
      try require(
        validation.update > before.update && validation.update <= position.update, "\(key).update",
        "\(before.update + 1) to \(position.update)", validation.update)
      try require(
        validation.epoch >= before.epoch && validation.epoch <= position.epoch, "\(key).epoch",
        "\(before.epoch) to \(position.epoch)", validation.epoch)
      try require(validation.loss.isFinite, "\(key).loss", "a finite number", validation.loss)
      before = (validation.update, validation.epoch)
    }
  }
}
