package import DragomanFormats
import DragomanSystem
import DragomanTensor
import DragomanTranslation

/// How long a training will take on this machine, by a trial of some of its updates.
///
/// The trial is the training itself, with its own batches and weights, but writes nothing: a second or two of updates
/// after a first one that pays for memory, the piece dropout of an epoch, and the translation of some validation
/// sources. Of a large corpus for translation it takes a part of the pairs; examples of classes are all read. What
/// patience saves and what other programs cost is not known.
package struct TrainingEstimate: Sendable, Equatable {
  /// Pairs that the trial of a translator learns a vocabulary from and takes its batches from, at most.
  private static let mostPairs = 20_000
  /// Seconds of updates, and how many there are at least.
  private static let trial = (seconds: 1.5, updates: 3)

  /// Updates until the limits end the training; `nil` if there is no limit.
  package let updates: Int?
  /// Updates of an epoch.
  package let updatesPerEpoch: Int
  /// Seconds of an update.
  package let secondsPerUpdate: Double
  /// Validations until then; in an epoch, if there is no limit.
  package let validations: Int
  /// Seconds of a validation.
  package let secondsPerValidation: Double
  /// Whether patience may end the training earlier.
  package let hasPatience: Bool
  /// Threads that computed.
  package let threads: Int
  /// Processors that worked for the updates of the trial on average: much less than 1 where other programs took them.
  package let processors: Double

  /// Seconds of the whole training; of an epoch, if it has no limit.
  package var seconds: Double {
    Double(updates ?? updatesPerEpoch) * secondsPerUpdate
      + Double(validations) * secondsPerValidation
  }

  /// Tries a training.
  ///
  /// - Parameters:
  ///   - configuration: the run's configuration.
  ///   - threads: threads that compute; all cores by default.
  /// - Throws: ``TrainingError``, and what goes wrong when files are read.
  package init(_ configuration: RunConfiguration, threads: Int? = nil) throws {
    let kernels = Kernels(threads: threads)
    let task: any TrainingTask
    var share = 1.0
    switch configuration.task {
    case .translation:
      let translation = try TranslationTask(
        configuration, atMost: Self.mostPairs, threads: kernels.threads)
      (task, share) = (translation, translation.data.share)
    case .classification, .captioning:
      task = try configuration.task.task(configuration, from: nil, threads: kernels.threads)
    }
    try self.init(TrainingState(beginning: task, share: share), share: share, kernels)
  }

  private init(_ state: TrainingState, share: Double, _ kernels: Kernels) throws {
    var state = state
    let (task, training) = (state.task, state.training)
    // Before the first update: afterwards weights know that sentences end.
    let translating = task.translationSeconds(state.weights, kernels) ?? 0
    var batches: [any TrainingBatch] = []
    let preparing = try Timing.seconds {
      let epoch = task.epoch(0, batchTokens: state.batchTokens)
      batches = try (0..<min(epoch.count, 400)).map { try epoch.batch(at: $0) }
    }
    let perEpoch = Double(state.batches) / share
    let gradients = Parameters(layout: task.layout)
    let workspace = Workspace(kernels: kernels)
    var (seconds, targets, number) = (0.0, 0, 0)
    var working = 0.0
    while number <= Self.trial.updates || seconds < Self.trial.seconds {
      let group = (0..<training.accumulate).map { offset in
        batches[(number * training.accumulate + offset) % batches.count]
      }
      let before = ProcessorTime.seconds
      let taken = try Timing.seconds {
        let (_, norm) = try state.gradient(of: group, into: gradients, workspace)
        _ = state.move(along: gradients, norm: norm, kernels)
      }
      // The first update pays for the first touch of all memory.
      if number > 0 {
        seconds += taken
        working += ProcessorTime.seconds - before
        targets += group.reduce(0) { $0 + $1.targets }
      }
      number += 1
      state.position.update += 1
    }
    // Batches differ in size: what all targets of an epoch take is what is known best.
    let mean = batches.reduce(0.0) { $0 + Double($1.targets) } / Double(batches.count)
    let epochTargets = mean * perEpoch
    let perTarget = seconds / Double(max(targets, 1))
    updatesPerEpoch = max(
      Int((perEpoch / Double(training.accumulate)).rounded(.up)), 1)
    secondsPerUpdate =
      (epochTargets * perTarget + preparing / share) / Double(updatesPerEpoch)
    updates = training.plannedUpdates(batches: Int(perEpoch.rounded(.up)))
    let span = updates ?? updatesPerEpoch
    switch training.validateEvery {
    case .epoch: validations = (span + updatesPerEpoch - 1) / updatesPerEpoch
    case .updates(let every): validations = (span + every - 1) / every
    }
    // Forward is a third of an update.
    let summary = task.summary
    let tokens = Double(summary.sourceTokens + summary.targetTokens) / share
    secondsPerValidation =
      epochTargets * perTarget / 3 * Double(summary.validationTokens) / max(tokens, 1) + translating
    hasPatience = training.patience != nil
    self.threads = kernels.threads
    processors = working / seconds
  }
}

extension TrainingEstimate: CustomStringConvertible {
  /// The estimate in words.
  ///
  ///     about 12 minutes on this machine (2 threads): 9,760 updates of 65 ms and 61 validations of 1.2 s; less if
  ///     validation stops improving before
  package var description: String {
    let length = Self.words(seconds)
    let limit =
      updates.map { Words.count($0, "update") }
      ?? "\(Words.count(updatesPerEpoch, "update")) an epoch"
    let validation =
      "\(Words.count(validations, "validation")) of \(Self.short(secondsPerValidation))"
    return "about \(length)\(updates == nil ? " an epoch" : "") on this machine ("
      + "\(Words.count(threads, "thread"))): \(limit) of \(Self.short(secondsPerUpdate)) and \(validation)"
      + (hasPatience ? "; less if validation stops improving before" : "")
      + Self.note(processors: processors)
  }

  /// What makes a trial too slow to go by: a machine that has other things to do.
  static func note(processors: Double) -> String {
    processors < 0.7
      ? "; much less on an idle machine, since others left the trial \(Int((100 * processors).rounded())) % of a "
        + "processor"
      : ""
  }

  /// Seconds as people plan with them: `40 seconds`, `3.4 minutes`, `25 minutes`, `5.5 hours`, `2.1 days`.
  static func words(_ seconds: Double) -> String {
    func words(_ value: Double, _ unit: String) -> String {
      let text = NumberText.fixed(value, decimals: value < 10 ? 1 : 0)
      return "\(text) \(unit)"
    }
    if seconds < 1.5 { return "a second" }
    if seconds < 90 { return "\(Int(seconds.rounded())) seconds" }
    if seconds < 90 * 60 { return words(seconds / 60, "minutes") }
    if seconds < 48 * 3600 { return words(seconds / 3600, "hours") }
    return words(seconds / 86_400, "days")
  }

  private static func short(_ seconds: Double) -> String {
    seconds < 1
      ? "\(NumberText.significant(1000 * seconds, digits: 2)) ms"
      : "\(NumberText.significant(seconds, digits: 2)) s"
  }

  /// The figures for programs.
  package var json: JSON {
    [
      "seconds": .double(seconds.rounded()), "updates": updates.map { .int($0) } ?? .null,
      "secondsPerUpdate": .double(secondsPerUpdate), "validations": .int(validations),
      "secondsPerValidation": .double(secondsPerValidation), "threads": .int(threads),
      "processors": .double(processors),
    ]
  }
}
