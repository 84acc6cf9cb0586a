import Testing

@testable import DragomanTraining

/// Schedules against their formulas, spelt out with the numbers of small cases.
@Suite struct `A learning-rate schedule` {
  private func rates(
    _ updates: [Int], epoch: Int = 0, planned: Int? = nil,
    _ change: (inout ScheduleConfiguration) -> Void
  ) -> [Double] {
    var training = TrainingConfiguration()
    training.optimizer.learningRate = 0.01
    change(&training.schedule)
    let schedule = LearningRateSchedule(training, plannedUpdates: planned)
    return updates.map { schedule.rate(update: $0, epoch: epoch) }
  }

  private func expect(_ found: [Double], _ expected: [Double]) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) < 1e-12, "\(found), expected \(expected)")
    }
  }

  @Test func `is constant by default, after a warm-up if there is one`() {
    expect(rates([1, 7, 100_000]) { _ in }, [0.01, 0.01, 0.01])
    expect(
      rates([1, 2, 4, 5], planned: 9) { $0.warmup = 4 }, [0.0025, 0.005, 0.01, 0.01])
  }

  @Test func `falls with the inverse square root`() {
    expect(
      rates([1, 50, 100, 400, 10_000]) { ($0.kind, $0.warmup) = (.inverseSquareRoot, 100) },
      [0.0001, 0.005, 0.01, 0.005, 0.001])
    expect(
      rates([1, 4, 100]) { ($0.kind, $0.warmup, $0.floor) = (.inverseSquareRoot, 0, 0.2) },
      [0.01, 0.005, 0.002])
  }

  @Test func `falls in steps after epochs`() {
    func step(_ schedule: inout ScheduleConfiguration) {
      (schedule.kind, schedule.after, schedule.every, schedule.factor) = (.step, 3, 2, 0.5)
      schedule.floor = 0.2
    }
    let found = (0..<8).flatMap { rates([5], epoch: $0, step) }
    expect(found, [0.01, 0.01, 0.01, 0.005, 0.005, 0.0025, 0.0025, 0.002])
  }

  @Test func `falls as a cosine from the warm-up to the floor`() {
    func cosine(_ schedule: inout ScheduleConfiguration) {
      (schedule.kind, schedule.warmup, schedule.length, schedule.floor) = (.cosine, 10, 50, 0.1)
    }
    // A quarter, half and three quarters of the way; cos(π/4) = 0.70710678…
    expect(
      rates([5, 10, 11, 21, 31, 41, 51, 90], planned: 7777, cosine),
      [
        0.005, 0.01, 0.01, 0.001 + 0.0045 * (1 + 0.5.squareRoot()), 0.0055,
        0.001 + 0.0045 * (1 - 0.5.squareRoot()), 0.001, 0.001,
      ])
    // Without a length it is that of the run.
    expect(
      rates([1, 21, 41], planned: 40) { $0.kind = .cosine }, [0.01, 0.005, 0])
  }

  @Test func `falls when validation has stalled`() {
    var training = TrainingConfiguration()
    (training.optimizer.learningRate, training.schedule.kind) = (0.01, .plateau)
    (training.schedule.factor, training.schedule.patience) = (0.1, 2)
    var schedule = LearningRateSchedule(training, plannedUpdates: nil)
    var record = TrainingRecord()
    var falls: [Bool] = []
    for (index, loss) in [3.0, 2, 2.5, 2, 1, 1.5, 1.2, 1.1, 1.05, 1].enumerated() {
      record.validations.append(.init(update: 10 * (index + 1), epoch: 0, loss: loss))
      falls.append(schedule.observe(record))
    }
    // An equal loss is not an improvement.
    #expect(falls == [false, false, false, true, false, false, true, false, true, false])
    #expect(schedule.falls == 3 && schedule.lastFall == 90)
    #expect(abs(schedule.rate(update: 101, epoch: 4) - 0.01 * 0.001) < 1e-12)
    #expect(schedule.optimizerStart == 0)
    training.schedule.reload = true
    // What a resumed run sees at once is what the whole one saw bit by bit.
    var resumed = LearningRateSchedule(training, plannedUpdates: nil)
    let fell = resumed.observe(record)
    #expect(!fell)
    #expect(resumed.falls == 3 && resumed.optimizerStart == 90)
  }
}
