import DragomanSystem
import DragomanEvaluation
package import DragomanFormats

extension TrainingConfiguration: Configuration {
  /// What the `training` object is for.
  package static let about = "How the model is trained, and when that ends."
  /// The keys of the `training` object.
  package static let fields: [ConfigurationField<TrainingConfiguration>] = [
    .init(
      \.epochs, "epochs", .optional(.integer(atLeast: 1), null: "no limit", from: 1),
      help: "Passes over the training pairs, after which training ends."),
    .init(
      \.updates, "updates", .optional(.integer(atLeast: 1), null: "no limit", from: 1),
      help: "Updates of the weights, after which training ends."),
    .init(
      \.batchTokens, "batchTokens",
      .optional(
        .integer(atLeast: 1), null: "an epoch gets 150 batches or more, within 200 to 4000 tokens",
        from: 1),
      help:
        "Target tokens of a batch, the ends of the sentences included; of a classifier its tokens, or rows of features."
    ),
    .init(
      \.batchImages, "batchImages", .integer(atLeast: 1),
      help: "Images of a batch, of a classifier that reads images, in place of `batchTokens`."),
    .init(
      \.memory, "memory", .optional(.integer(atLeast: 1), null: "no limit", from: 1),
      help:
        "Megabytes (10⁶ bytes) that weights, optimizer and the numbers of a batch may take: batches "
        + "get fewer target tokens if need be. The sentence pairs come on top."),
    .init(
      \.accumulate, "accumulate", .integer(atLeast: 1),
      help: "Batches whose gradients make one update, as if they were one batch: large batches in "
        + "little memory."),
    .init(
      \.pieces, "pieces",
      .optional(
        .integer(atLeast: 1, atMost: mostPieces), null: "as many as processes begin the run",
        from: 1),
      help:
        "Pieces that each batch is cut into, a power of two: so many processes can share it, and the result depends on "
        + "this number and not on how many do. More than 1 gives other roundings than 1."),
    .init(\.optimizer, "optimizer", .object, help: "How weights follow gradients."),
    .init(\.schedule, "schedule", .object, help: "How the learning rate changes."),
    .init(
      \.average, "average", .object,
      help: "The average of the weights that is validated and kept as the best model."),
    .init(
      \.labelSmoothing, "labelSmoothing", .number(in: 0..<1),
      help:
        "Share of each target's probability that goes to all words of the vocabulary alike, as in "
        + "`torch.nn.CrossEntropyLoss`; 0 turns it off. Losses of training are those of smoothed "
        + "targets, losses of validation are not smoothed."),
    .init(
      \.classWeights, "classWeights", .classWeighting,
      help:
        "How much the examples of each class count, of a classifier. `none`: all alike; `balanced`: those of rare "
        + "classes more, so that all classes weigh the same; or weights by class, 1 where none is given, as in "
        + "`torch.nn.CrossEntropyLoss`. Losses of validation have no weights."),
    .init(
      \.freeze, "freeze", .choice,
      help:
        "What keeps the weights that it begins with, as those of a model by `--from`: nothing (`none`), or the "
        + "`encoder`, which then works as it does once training is over: without dropout, and normalised by "
        + "running statistics."
    ),
    .init(
      \.clipNorm, "clipNorm", .optional(.number(above: 0), null: "no clipping", from: 1),
      help: "A gradient whose norm over all weights is greater is scaled down to it."),
    .init(
      \.onDivergence, "onDivergence", .choice,
      help:
        "What becomes of a run when a loss or a gradient is not a finite number. `stop`: it ends with an error that "
        + "names the lines of the batch; `skip`: the batch is passed over, at most 20 in a row; `reloadAndLower`: "
        + "it goes back to its best model, and on from there at half the learning rate, at most 10 times."
    ),
    .init(
      \.divergedAbove, "divergedAbove",
      .optional(
        .number(above: 0), null: "the loss of a uniform guess, once a validation was below it",
        from: 10),
      help:
        "The validation loss from which on a model is no good to go back to. Where it is stated, "
        + "`reloadAndLower` also goes back when a validation reaches it."),
    .init(
      \.seed, "seed", .integer(atLeast: 0, atMost: .max),
      help: "The seed of every random choice: initial weights, order of the pairs, dropout."),
    .init(
      \.validateEvery, "validateEvery", .validationInterval,
      help: "When the validation pairs are looked at: after each epoch or after so many updates."),
    .init(
      \.patience, "patience", .optional(.integer(atLeast: 1), null: "no early end", from: 1),
      help: "Validations in a row without improvement, after which training ends."),
    .init(
      \.metrics, "metrics", .list(of: .choice, atLeast: 1, from: .loss),
      help:
        "What validations are judged by: `loss`, `perplexity`, or `bleu`, `chrf` and `exactMatch` "
        + "of translations (BLEU of words between spaces: for Chinese, Japanese or Thai take `chrf`), "
        + "`bleu1` to `bleu4` and `cider`, as captions are judged by, or `accuracy` and `macroF1` of "
        + "classes. The first one decides which model is the best, of equal figures the one of less loss; the best "
        + "by each other one is kept, too."),
    .init(
      \.stopOn, "stopOn", .choice,
      help:
        "Which metrics have to stall for as long as `patience` before training ends: the `first`, `all`, or `any` "
        + "of them."),
    .init(
      \.samples, "samples",
      .optional(
        .integer(atLeast: 0), null: "3 if a metric needs translations, otherwise none", from: 0),
      help: "Validation sources whose translations are shown."),
    .init(
      \.keep, "keep", .integer(atLeast: 0),
      help:
        "Models of the last so many validations that are kept besides the best ones, for instance for `dragoman "
        + "average`."),
    .init(
      \.saveEvery, "saveEvery",
      .optional(.integer(atLeast: 1), null: "at validations only", from: 1),
      help: "Updates between checkpoints: what a power failure can cost."),
    .init(
      \.logEvery, "logEvery", .integer(atLeast: 1), help: "Updates between entries in the log."),
  ]

}

extension OptimizerConfiguration: Configuration {
  /// What the `training.optimizer` object is for.
  package static let about = "How weights follow gradients."
  /// The keys of the `training.optimizer` object.
  package static let fields: [ConfigurationField<OptimizerConfiguration>] = [
    .init(
      \.kind, "kind", .choice,
      help:
        "The method. `adam`: adaptive moments; `adamw`: the same with weight decay apart from the "
        + "gradient; `sgd`: gradient descent with momentum.",
      then: { $0.learningRate = $0.kind == .sgd ? 0.1 : 0.001 }),
    .init(
      \.learningRate, "learningRate", .number(above: 0),
      defaultWords: "0.001 for adam and adamw, 0.1 for sgd",
      help: "Size of a step; what `training.schedule` makes smaller."),
    .init(
      \.beta1, "beta1", .number(in: 0..<1), when: .when(\.kind, "kind", is: .adam, .adamw),
      help: "Decay of the mean of the gradients."),
    .init(
      \.beta2, "beta2", .number(in: 0..<1), when: .when(\.kind, "kind", is: .adam, .adamw),
      help: "Decay of the mean of the squared gradients."),
    .init(
      \.epsilon, "epsilon", .number(above: 0), when: .when(\.kind, "kind", is: .adam, .adamw),
      help: "Added to the root of that mean before dividing by it."),
    .init(
      \.weightDecay, "weightDecay", .number(above: 0), when: .when(\.kind, "kind", is: .adamw),
      help: "Each update takes this share, times the learning rate, from every weight of a matrix; "
        + "biases and other vectors are left alone."),
    .init(
      \.momentum, "momentum", .number(in: 0..<1), when: .when(\.kind, "kind", is: .sgd),
      help: "Share of the last step that goes into the next; 0 turns it off."),
  ]

  /// A decay that leaves nothing, and an ε that is none.
  package var conflicts: [ConfigurationConflict] {
    [wholeDecay, vanishingEpsilon].compactMap(\.self)
  }

  private var wholeDecay: ConfigurationConflict? {
    guard kind == .adamw, learningRate * weightDecay >= 1 else { return nil }
    return ConfigurationConflict(
      ["weightDecay", "learningRate"],
      because: "their product is the share of a weight that an update takes away, and none is left",
      remedies: ["set training.optimizer.weightDecay to 0.01"])
  }

  /// A weight without a gradient is divided by ε alone: 0 / 0 where 32 bits cannot tell it from 0.
  private var vanishingEpsilon: ConfigurationConflict? {
    guard kind != .sgd, epsilon < 1e-30 else { return nil }
    return ConfigurationConflict(
      ["epsilon"],
      because:
        "in 32 bits it is as good as 0, by which weights without a gradient would be divided",
      remedies: ["set training.optimizer.epsilon to 1e-8"])
  }
}

extension ConfigurationType where Value == ValidationInterval {
  /// `"epoch"` or a number of updates.
  static var validationInterval: Self {
    let updates = ConfigurationType<Int>.integer(atLeast: 1)
    let shape = ConfigurationShape.either([.choice(["epoch"]), updates.shape])
    return Self(
      shape,
      write: { interval in
        switch interval {
        case .epoch: .string("epoch")
        case .updates(let count): .int(count)
        }
      },
      read: { json, reader, value in
        if json.string == "epoch" {
          value = .epoch
        } else if json.int != nil {
          var count = 1
          updates.read(json, &reader, &count)
          value = .updates(count)
        } else {
          reader.report(json, isNot: shape.words)
        }
      })
  }
}
