import DragomanSystem
import DragomanTraining

/// What the time of a run goes into.
package enum TrainingPhase: String, Sendable, CaseIterable {
  /// Reading pairs, learning tokenizers and vocabularies, making the model.
  case preparation
  /// Updates of the weights.
  case updates
  /// Looking at the validation pairs.
  case validation
  /// Writing checkpoints and the report.
  case saving
}

/// Adds up the seconds of each phase: whenever something has happened, the time since the last event was its.
struct PhaseClock {
  private let clock = ContinuousClock()
  private var mark: ContinuousClock.Instant
  private(set) var seconds: [TrainingPhase: Double] = [:]

  init() {
    mark = clock.now
  }

  mutating func end(_ phase: TrainingPhase) {
    let now = clock.now
    seconds[phase, default: 0] += mark.duration(to: now).inSeconds
    mark = now
  }

  /// Seconds of all phases so far.
  var total: Double { seconds.values.reduce(0, +) }
}
