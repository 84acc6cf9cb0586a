package import DragomanFormats

/// How the learning rate changes: the `training.schedule` object of a configuration.
package struct ScheduleConfiguration: Sendable, Equatable {
  /// The shape of the curve.
  package var kind = ScheduleKind.constant
  /// Updates in which the rate rises in a straight line to its full size.
  package var warmup = 0
  /// What the rate is multiplied by when it falls; plateau and step.
  package var factor = 0.5
  /// Validations without improvement after which it falls; plateau.
  package var patience = 3
  /// Whether training then goes on from the best weights with a new optimizer; plateau.
  package var reload = false
  /// Epochs before the first fall; step.
  package var after = 5
  /// Epochs from one fall to the next; step.
  package var every = 1
  /// Updates until the cosine has fallen; `nil` is the end of the training.
  package var length: Int?
  /// The share of the full rate below which it never falls.
  package var floor = 0.0

  /// A constant rate.
  package init() {}
}

/// The shape of the learning rate's curve.
package enum ScheduleKind: String, CaseIterable, Sendable {
  /// Always the same, after the warm-up.
  case constant
  /// With the inverse square root of the updates (Vaswani et al. 2017, section 5.3).
  case inverseSquareRoot
  /// Falls whenever validation has not improved for a while.
  case plateau
  /// Falls at the end of epochs (Luong et al. 2015, section 4.1).
  case step
  /// Half a wave of the cosine (Loshchilov and Hutter 2017, eq. 5).
  case cosine
}

extension ScheduleConfiguration: Configuration {
  /// What the `training.schedule` object is for.
  package static let about =
    "How the learning rate changes; all but `constant` begin at the full rate "
    + "and lower it, once the warm-up is over."
  /// The keys of the `training.schedule` object.
  package static let fields: [ConfigurationField<ScheduleConfiguration>] = [
    .init(
      \.kind, "kind", .choice,
      help:
        "The curve. `constant`: no change; `inverseSquareRoot`: with the inverse square root of "
        + "the updates, full at the end of the warm-up; `plateau`: times `factor` when validation has "
        + "stalled; `step`: times `factor` after epochs; `cosine`: half a wave down to the floor.",
      then: { $0.warmup = $0.kind == .inverseSquareRoot ? 1000 : 0 }),
    .init(
      \.warmup, "warmup", .integer(atLeast: 0),
      defaultWords: "1000 for inverseSquareRoot, 0 otherwise",
      help: "Updates in which the rate rises in a straight line to its full size."),
    .init(
      \.factor, "factor", .number(above: 0, below: 1),
      when: .when(\.kind, "kind", is: .plateau, .step),
      help: "What the rate is multiplied by when it falls."),
    .init(
      \.patience, "patience", .integer(atLeast: 1), when: .when(\.kind, "kind", is: .plateau),
      help: "Validations in a row without improvement, after which the rate falls."),
    .init(
      \.reload, "reload", .boolean, when: .when(\.kind, "kind", is: .plateau),
      help:
        "Whether training goes on from the best weights, with a new optimizer, when the rate falls."
    ),
    .init(
      \.after, "after", .integer(atLeast: 1), when: .when(\.kind, "kind", is: .step),
      help: "Epochs after which the rate falls for the first time."),
    .init(
      \.every, "every", .integer(atLeast: 1), when: .when(\.kind, "kind", is: .step),
      help: "Epochs from one fall to the next."),
    .init(
      \.length, "length",
      .optional(
        .integer(atLeast: 1), null: "until `training.updates` or `training.epochs`", from: 1),
      when: .when(\.kind, "kind", is: .cosine),
      help: "Updates, those of the warm-up included, after which the floor is reached."),
    .init(
      \.floor, "floor", .number(in: 0..<1),
      when: .when(\.kind, "kind", is: .inverseSquareRoot, .plateau, .step, .cosine),
      help: "Share of the full rate below which it does not fall."),
  ]

  /// A cosine that has fallen before it has risen.
  package var conflicts: [ConfigurationConflict] {
    guard kind == .cosine, let length, warmup >= length else { return [] }
    return [
      ConfigurationConflict(
        ["warmup", "length"], because: "the cosine would be over before the warm-up is",
        remedies: ["set training.schedule.warmup to \(length / 10)"])
    ]
  }
}
