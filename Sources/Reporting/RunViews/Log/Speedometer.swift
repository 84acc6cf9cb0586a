import DragomanTraining

/// Counts target tokens a second from log entry to log entry, validations and checkpoints left out.
struct Speedometer {
  private var counted: (tokens: Int, seconds: Double)?

  /// To be told of every update; gives the speed since the last entry if an entry is due.
  mutating func tokensPerSecond(_ progress: TrainingProgress, _ clock: PhaseClock) -> Double? {
    // Counting starts after the first update, which pays for the first touch of all memory.
    guard progress.isLogged || counted == nil else { return nil }
    let now = (tokens: progress.position.targetTokens, seconds: clock.seconds[.updates] ?? 0)
    defer { counted = now }
    guard let counted, now.seconds > counted.seconds else { return nil }
    return Double(now.tokens - counted.tokens) / (now.seconds - counted.seconds)
  }
}
