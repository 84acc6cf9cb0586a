/// Whether somebody wants a training to stop; asked in every loop that can take long.
struct StopRequest {
  /// Whether it is wanted now.
  let isMade: () -> Bool

  /// What nobody stops.
  static var never: StopRequest { StopRequest { false } }

  /// Ends what is under way if it is to stop.
  ///
  /// - Throws: ``StopRequested``, before anything that was begun has an effect.
  func check() throws(StopRequested) {
    if isMade() { throw StopRequested() }
  }
}

/// What was under way was given up, because the training is to stop.
struct StopRequested: Error {}
