import DragomanSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The learning rate of every update.
///
/// With the full rate η, w updates of warm-up, and update t counted from 1:
///
///     η_t = η · min(1, t / w) · max(s_t, floor)
///
///     constant             s_t = 1
///     inverseSquareRoot    s_t = √(w / max(t, w))                  Vaswani et al. 2017, section 5.3
///     plateau              s_t = factorⁿ, n falls so far
///     step                 s_t = factor^(1 + ⌊(epoch − after) / every⌋) from epoch `after` on
///     cosine               s_t = floor + (1 − floor) (1 + cos π p) / 2, p = (t − 1 − w) / (length − w)
///
/// The cosine is that of Loshchilov and Hutter 2017, eq. 5 (arXiv:1608.03983), without restarts. Nothing is
/// remembered but what follows from the validations of the run, so a resumed run has the same rates.
package struct LearningRateSchedule: Sendable {
  private let configuration: ScheduleConfiguration
  private let full: Double
  private let length: Int
  /// How often a plateau has lowered the rate.
  package private(set) var falls = 0
  /// The update before the last fall.
  package private(set) var lastFall: Int?

  /// The schedule of a run that is expected to make so many updates.
  package init(_ training: TrainingConfiguration, plannedUpdates: Int?) {
    configuration = training.schedule
    full = training.optimizer.learningRate
    length = training.schedule.length ?? plannedUpdates ?? .max
  }

  /// The rate of update number `update`, from 1, in epoch `epoch`, from 0.
  package func rate(update: Int, epoch: Int) -> Double {
    let warmup = configuration.warmup
    let rise = update < warmup ? Double(update) / Double(warmup) : 1
    return full * rise * max(share(update: update, epoch: epoch), configuration.floor)
  }

  private func share(update: Int, epoch: Int) -> Double {
    let warmup = configuration.warmup
    switch configuration.kind {
    case .constant: return 1
    case .inverseSquareRoot:
      let start = max(warmup, 1)
      return (Double(start) / Double(max(update, start))).squareRoot()
    case .plateau: return power(falls)
    case .step:
      guard epoch >= configuration.after else { return 1 }
      return power(1 + (epoch - configuration.after) / configuration.every)
    case .cosine:
      let way = Double(update - 1 - warmup) / Double(max(length - warmup, 1))
      let wave = (1 + cos(Double.pi * min(max(way, 0), 1))) / 2
      return configuration.floor + (1 - configuration.floor) * wave
    }
  }

  private func power(_ falls: Int) -> Double {
    (0..<falls).reduce(1) { power, _ in power * configuration.factor }
  }

  /// Counts the falls anew from all validations of the run; says whether the last one made the rate fall.
  package mutating func observe(_ record: TrainingRecord) -> Bool {
    guard configuration.kind == .plateau else { return false }
    (falls, lastFall) = (0, nil)
    var waited = 0
    // A schedule that was changed on the way counts from there on.
    let begin = record.changes.last { $0.key.hasPrefix(RecordedChange.schedule) }?.update ?? 0
    for (validation, isAdvance) in zip(record.validations, record.advances(on: record.metric)) {
      waited = isAdvance || validation.update <= begin ? 0 : waited + 1
      guard waited == configuration.patience else { continue }
      (falls, lastFall, waited) = (falls + 1, validation.update, 0)
    }
    return lastFall != nil && lastFall == record.validations.last?.update
  }

  /// The update after which the optimizer was new.
  var optimizerStart: Int { configuration.reload ? lastFall ?? 0 : 0 }
}
