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
    seconds[phase, default: 0] += Duration.seconds(mark.duration(to: now))
    mark = now
  }

  /// Seconds of all phases so far.
  var total: Double { seconds.values.reduce(0, +) }
}

/// Counts target tokens a second from log entry to log entry, validations and checkpoints left out.
struct Speedometer {
  private var counted: (tokens: Int, seconds: Double)?

  /// To be told of every update; gives the speed since the last entry if an entry is due.
  mutating func tokensPerSecond(_ progress: TrainingProgress, _ clock: PhaseClock) -> Double? {
    // Counting starts behind the first update, which pays for the first touch of all memory.
    guard progress.isLogged || counted == nil else { return nil }
    let now = (tokens: progress.position.targetTokens, seconds: clock.seconds[.updates] ?? 0)
    defer { counted = now }
    guard let counted, now.seconds > counted.seconds else { return nil }
    return Double(now.tokens - counted.tokens) / (now.seconds - counted.seconds)
  }
}
