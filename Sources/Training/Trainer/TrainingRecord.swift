package import DragomanEvaluation
import DragomanSystem
import DragomanTensor
package import DragomanFormats
import DragomanTranslation

/// What a checkpoint tells of the training behind it: sizes, and every validation so far.
///
/// Nothing in it depends on time, machine, threads or interruptions; those stand in the log.
package struct TrainingRecord: Sendable, Equatable {
  /// One look at the validation pairs.
  package struct Validation: Sendable, Equatable {
    /// Updates made before it.
    package let update: Int
    /// Epochs begun before it.
    package let epoch: Int
    /// Nats per target token.
    package let loss: Double
    /// The figures of the translations, where they were wanted.
    package var scores: [ValidationMetric: Double] = [:]
    /// How far these are to be trusted, where there are few sources.
    package var intervals: [ValidationMetric: BootstrapInterval] = [:]

    /// A look with its figures.
    package init(
      update: Int, epoch: Int, loss: Double, scores: [ValidationMetric: Double] = [:]
    ) {
      (self.update, self.epoch, self.loss, self.scores) = (update, epoch, loss, scores)
    }

    /// e to the loss: the number of equally probable tokens the model wavers between.
    package var perplexity: Double { exponential(loss) }

    /// The figure of a metric; `nil` if it was not wanted.
    package func value(of metric: ValidationMetric) -> Double? {
      switch metric {
      case .loss: loss
      case .perplexity: perplexity
      case .bleu, .bleu1, .bleu2, .bleu3, .bleu4, .cider, .chrf, .exactMatch, .accuracy, .macroF1:
        scores[metric]
      }
    }
  }

  /// Updates made.
  package var updates = 0
  /// Epochs completed.
  package var epochs = 0
  /// Sentence pairs learnt from, repetitions counted.
  package var pairs = 0
  /// Target tokens learnt from, repetitions counted.
  package var targetTokens = 0
  /// What decides which model is best.
  package var metric = ValidationMetric.loss
  /// All validations, the earliest first.
  package var validations: [Validation] = []
  /// What was changed when the run went on, the earliest first.
  package var changes: [RecordedChange] = []

  /// The record of an untrained model.
  package init() {}

  /// The best validation by ``metric``; of equal ones that of the least loss.
  package var best: Validation? { best(by: metric) }

  /// The best validation by some metric; of equal ones that of the least loss.
  package func best(by metric: ValidationMetric) -> Validation? {
    improvements(on: metric).lastIndex(of: true).map { validations[$0] }
  }

  /// For each validation, whether its model is better than all before it: by a metric, or as good and of less loss.
  ///
  /// Counts of right answers are often equal, and BLEU is 0 at first, while the loss still falls.
  func improvements(on metric: ValidationMetric) -> [Bool] {
    records(of: metric) { one, best in
      metric.isBetter(one.value, than: best.value)
        || one.value == best.value && one.loss < best.loss
    }
  }

  /// For each validation, whether a metric was better than in all before it; what patience waits for.
  func advances(on metric: ValidationMetric) -> [Bool] {
    records(of: metric) { metric.isBetter($0.value, than: $1.value) }
  }

  /// For each validation, whether it is better than the last one that was; the first with this metric is.
  private func records(
    of metric: ValidationMetric,
    isBetter: (_ one: (value: Double, loss: Double), _ best: (value: Double, loss: Double)) -> Bool
  ) -> [Bool] {
    var best: (value: Double, loss: Double)?
    return validations.map { validation in
      guard let value = validation.value(of: metric) else { return false }
      let one = (value, validation.loss)
      guard best.map({ isBetter(one, $0) }) ?? true else { return false }
      best = one
      return true
    }
  }

  /// Validations since a metric was at its best for the first time.
  func stalls(on metric: ValidationMetric) -> Int {
    advances(on: metric).reversed().prefix { !$0 }.count
  }
}

extension TrainingRecord {
  /// The record as a checkpoint states it.
  package var json: JSON {
    .object([
      ("updates", .int(updates)), ("epochs", .int(epochs)), ("pairs", .int(pairs)),
      ("targetTokens", .int(targetTokens)),
      ("metric", .string(metric.rawValue)),
      (
        "validations",
        .array(validations.map { .object($0.members) })
      ),
    ]).adding(["changes": changes.isEmpty ? nil : .array(changes.map(\.json))])
  }

  /// The record a checkpoint states, if it is whole.
  package init?(_ json: JSON) {
    guard let updates = json["updates"]?.int, let epochs = json["epochs"]?.int,
      let pairs = json["pairs"]?.int, let targetTokens = json["targetTokens"]?.int,
      let validations = json["validations"]?.array
    else { return nil }
    (self.updates, self.epochs, self.pairs, self.targetTokens) =
      (updates, epochs, pairs, targetTokens)
    // Files that were not made by a training may leave it out.
    if let name = json["metric"] {
      guard let metric = name.string.flatMap(ValidationMetric.init) else { return nil }
      self.metric = metric
    }
    for validation in validations {
      guard let validation = Validation(validation) else { return nil }
      self.validations.append(validation)
    }
    for change in json["changes"]?.array ?? [] {
      guard let change = RecordedChange(change) else { return nil }
      changes.append(change)
    }
  }
}

extension TrainingRecord.Validation {
  /// The members of a validation's object in checkpoints and logs.
  package var members: [(String, JSON)] {
    [("update", .int(update)), ("epoch", .int(epoch)), ("loss", .double(loss))]
      + ValidationMetric.allCases.compactMap { metric in
        scores[metric].map { (metric.rawValue, .double($0)) }
      }
      + (intervals.isEmpty ? [] : [("intervals", .object(intervalMembers))])
  }

  /// The validation that an object states, if it is whole; other members are passed over.
  package init?(_ json: JSON) {
    guard let update = json["update"]?.int, let epoch = json["epoch"]?.int,
      let loss = json["loss"]?.double
    else { return nil }
    (self.update, self.epoch, self.loss) = (update, epoch, loss)
    for metric in ValidationMetric.allCases where metric.needsTranslations {
      scores[metric] = json[metric.rawValue]?.double
      if let ends = json["intervals"]?[metric.rawValue]?.array?.compactMap(\.double),
        ends.count == 2
      {
        intervals[metric] = BootstrapInterval(lower: ends[0], upper: ends[1])
      }
    }
  }

  private var intervalMembers: [(String, JSON)] {
    ValidationMetric.allCases.compactMap { metric in
      intervals[metric].map { (metric.rawValue, [.double($0.lower), .double($0.upper)]) }
    }
  }
}
