/// Whether somebody wants a training to stop; asked in every loop that can take long.
struct StopRequest {
  /// Whether it is wanted now, in all processes that train together.
  let isMade: () -> Bool
  /// Whether this process was asked; looked at where the others are told of it.
  let isMadeHere: () -> Bool

  /// A request that is made in one process.
  init(isMade: @escaping () -> Bool) {
    self.init(isMade: isMade, isMadeHere: isMade)
  }

  /// A request that all processes know of, and what this one was asked.
  init(isMade: @escaping () -> Bool, isMadeHere: @escaping () -> Bool) {
    (self.isMade, self.isMadeHere) = (isMade, isMadeHere)
  }

  /// What this process was asked alone, in work whose end the others are told of.
  var here: StopRequest { StopRequest(isMade: isMadeHere) }

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
