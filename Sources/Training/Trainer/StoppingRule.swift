/// Ends a training whose validations do not improve any more.
///
/// A metric has stalled once `patience` validations in a row have not improved on its best. Which metrics
/// have to be is what Marian calls `--early-stopping-on`.
struct StoppingRule {
  let patience: Int?
  let metrics: [ValidationMetric]
  let policy: StoppingPolicy

  /// The rule of a configuration.
  init(_ training: TrainingConfiguration) {
    (patience, metrics, policy) = (training.patience, training.metrics, training.stopOn)
  }

  /// Whether the validations so far end the training.
  func isOutOfPatience(_ record: TrainingRecord) -> Bool {
    guard let patience else { return false }
    let stalled = metrics.lazy.map { record.stalls(on: $0) >= patience }
    switch policy {
    case .first: return stalled.first ?? false
    case .all: return stalled.allSatisfy(\.self)
    case .any: return stalled.contains(true)
    }
  }
}

/// Which metrics have to stall before training ends.
package enum StoppingPolicy: String, CaseIterable, Sendable {
  /// The first one.
  case first
  /// Every one.
  case all
  /// One of them, whichever.
  case any
}
