package import DragomanFormats

extension TrainingConfiguration {
  /// Limits and schedules that would do nothing, or would not end.
  package var conflicts: [ConfigurationConflict] {
    [
      endlessTraining, endlessWarmup, idlePlateau, idleSteps, endlessCosine, shortCosine,
      repeatedMetric, idlePolicy, oddPieces,
    ].compactMap(\.self)
  }

  /// Pieces whose gradients no balanced tree adds.
  private var oddPieces: ConfigurationConflict? {
    guard let pieces, !PieceTree.isCount(pieces) else { return nil }
    let below = 1 << (Int.bitWidth - 1 - pieces.leadingZeroBitCount)
    return ConfigurationConflict(
      ["pieces"], because: "it is \(pieces), but the gradients of pieces are added two by two",
      remedies: ["set training.pieces to \(below)", "set training.pieces to \(2 * below)"])
  }

  /// A run without any limit.
  private var endlessTraining: ConfigurationConflict? {
    guard epochs == nil, updates == nil, patience == nil else { return nil }
    return ConfigurationConflict(
      ["epochs", "updates", "patience"], because: "nothing would end the training",
      remedies: ["set at least one of them"])
  }

  /// A warm-up that is not over when training is.
  private var endlessWarmup: ConfigurationConflict? {
    guard let updates, schedule.warmup >= updates else { return nil }
    return ConfigurationConflict(
      ["schedule.warmup", "updates"],
      because: "training would end before the learning rate has risen",
      remedies: ["set training.schedule.warmup to \(updates / 10)"])
  }

  /// A plateau that ends the training before it lowers the rate.
  private var idlePlateau: ConfigurationConflict? {
    guard schedule.kind == .plateau, stopOn != .all, let patience, schedule.patience >= patience
    else { return nil }
    return ConfigurationConflict(
      ["schedule.patience", "patience"],
      because: "training would end before the learning rate falls",
      remedies: [
        "set training.patience to \(3 * schedule.patience)",
        "set training.schedule.patience to \(max(patience / 3, 1))",
      ])
  }

  /// A metric that says what another one says.
  private var repeatedMetric: ConfigurationConflict? {
    let repeats = Set(metrics).count < metrics.count
    guard repeats || metrics.contains(.loss) && metrics.contains(.perplexity) else { return nil }
    return ConfigurationConflict(
      ["metrics"],
      because: repeats
        ? "a metric stands there twice"
        : "perplexity improves whenever loss does, and both are always shown",
      remedies: ["remove one of them"])
  }

  /// A choice between metrics, of which there is one, or for a patience that has no end.
  private var idlePolicy: ConfigurationConflict? {
    guard stopOn != .first, metrics.count == 1 || patience == nil else { return nil }
    return metrics.count == 1
      ? ConfigurationConflict(
        ["stopOn", "metrics"], because: "with one metric there is nothing to choose",
        remedies: ["set training.stopOn to \"first\"", "name more metrics"])
      : ConfigurationConflict(
        ["stopOn", "patience"], because: "training does not wait for any metric",
        remedies: ["set training.stopOn to \"first\"", "set training.patience to a number"])
  }

  /// Steps that come after the end.
  private var idleSteps: ConfigurationConflict? {
    guard schedule.kind == .step, let epochs, schedule.after >= epochs else { return nil }
    return ConfigurationConflict(
      ["schedule.after", "epochs"], because: "training would end before the learning rate falls",
      remedies: epochs > 1
        ? ["set training.schedule.after to \(epochs / 2)"]
        : ["set training.epochs to more than \(schedule.after)"])
  }

  /// A cosine of unknown length.
  private var endlessCosine: ConfigurationConflict? {
    guard schedule.kind == .cosine, schedule.length == nil, epochs == nil, updates == nil else {
      return nil
    }
    return ConfigurationConflict(
      ["schedule.length", "epochs", "updates", "schedule.kind"],
      because: "nothing says when the cosine has fallen",
      remedies: ["set at least one of them"])
  }

  /// A cosine whose end leaves updates that do nothing.
  private var shortCosine: ConfigurationConflict? {
    guard schedule.kind == .cosine, schedule.floor == 0, let length = schedule.length, let updates,
      updates > length
    else { return nil }
    return ConfigurationConflict(
      ["schedule.length", "updates", "schedule.floor"],
      because:
        "the learning rate would be 0 for the last \(Words.count(updates - length, "update"))",
      remedies: [
        "set training.schedule.length to \(updates)", "set training.schedule.floor to 0.1",
      ])
  }
}
