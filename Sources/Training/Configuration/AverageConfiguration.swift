import DragomanSystem
import DragomanTensor
package import DragomanFormats

/// What is kept of the weights on their way: the `training.average` object of a configuration.
package struct AverageConfiguration: Sendable, Equatable {
  /// The kind of average.
  package var kind = AverageKind.none
  /// Share of the average that an update leaves; ema only.
  package var decay = 0.999

  /// No average.
  package init() {}
}

/// A kind of average of the weights.
package enum AverageKind: String, CaseIterable, Sendable {
  /// None: the weights themselves are validated and kept.
  case none
  /// An exponential moving average.
  case ema
}

extension AverageConfiguration: Configuration {
  /// What the `training.average` object is for.
  package static let about =
    "An average of the weights, which is validated and kept as the best model in their place."
  /// The keys of the `training.average` object.
  package static let fields: [ConfigurationField<AverageConfiguration>] = [
    .init(
      \.kind, "kind", .choice,
      help: "The average. `none`: the weights as they are; `ema`: an exponential moving average."),
    .init(
      \.decay, "decay", .number(above: 0, below: 1), when: .when(\.kind, "kind", is: .ema),
      help: "Share of the average that an update leaves, once it has risen: "
        + "min(decay, (1 + t) / (10 + t)) at update t."),
  ]
}
