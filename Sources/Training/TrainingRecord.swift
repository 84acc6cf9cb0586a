public import DragomanFormats
import DragomanTranslation

/// What a checkpoint tells of the training behind it: sizes, and every validation so far.
///
/// Nothing in it depends on time, machine, threads or interruptions; those stand in the log.
public struct TrainingRecord: Sendable, Equatable {
  /// One look at the validation pairs.
  public struct Validation: Sendable, Equatable {
    /// Updates made before it.
    public let update: Int
    /// Epochs begun before it.
    public let epoch: Int
    /// Nats per target token.
    public let loss: Double

    /// e to the loss: the number of equally probable tokens the model wavers between.
    public var perplexity: Double { exponential(loss) }
  }

  /// Updates made.
  public var updates = 0
  /// Epochs completed.
  public var epochs = 0
  /// Sentence pairs learnt from, repetitions counted.
  public var pairs = 0
  /// Target tokens learnt from, repetitions counted.
  public var targetTokens = 0
  /// All validations, the earliest first.
  public var validations: [Validation] = []

  /// The record of an untrained model.
  public init() {}

  /// The validation with the lowest loss; the earliest of equal ones.
  public var best: Validation? {
    validations.min { $0.loss < $1.loss }
  }

  /// For each validation, whether it was better than all before it.
  var improvements: [Bool] {
    var best = Double.infinity
    return validations.map { validation in
      let isImprovement = validation.loss < best
      best = min(best, validation.loss)
      return isImprovement
    }
  }
}

extension TrainingRecord {
  /// The record as a checkpoint states it.
  public var json: JSON {
    .object([
      ("updates", .int(updates)), ("epochs", .int(epochs)), ("pairs", .int(pairs)),
      ("targetTokens", .int(targetTokens)),
      (
        "validations",
        .array(
          validations.map {
            .object([
              ("update", .int($0.update)), ("epoch", .int($0.epoch)), ("loss", .double($0.loss)),
            ])
          })
      ),
    ])
  }

  /// The record a checkpoint states, if it is whole.
  public init?(_ json: JSON) {
    guard let updates = json["updates"]?.int, let epochs = json["epochs"]?.int,
      let pairs = json["pairs"]?.int, let targetTokens = json["targetTokens"]?.int,
      let validations = json["validations"]?.array
    else { return nil }
    (self.updates, self.epochs, self.pairs, self.targetTokens) =
      (updates, epochs, pairs, targetTokens)
    for validation in validations {
      guard let update = validation["update"]?.int, let epoch = validation["epoch"]?.int,
        let loss = validation["loss"]?.double
      else { return nil }
      self.validations.append(Validation(update: update, epoch: epoch, loss: loss))
    }
  }
}
