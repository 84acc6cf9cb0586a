package import DragomanSystem
import DragomanFormats
package import DragomanTraining
import DragomanTranslation

/// What the log of a run tells: every entry, every validation, and the parts between interruptions.
///
/// The log is the one source of it, so a resumed run goes on with the history it had, and a report can be made of any
/// run folder. Lines that are no entries are passed over: a crash may cut the last one short.
package struct RunHistory: Sendable {
  /// An entry: where training stood.
  package struct Update: Sendable {
    /// Updates made.
    package let update: Int
    /// Nats per target token since the entry before.
    package let loss: Double
    /// Length of the gradient before it was clipped.
    package let gradientNorm: Double
    /// The learning rate.
    package let learningRate: Double
    /// Target tokens a second since the entry before, validations and checkpoints left out; `nil` for the first of a part.
    package let tokensPerSecond: Double?
  }

  /// A validation with what was translated.
  package struct Validation: Sendable {
    /// The figures.
    package let figures: TrainingRecord.Validation
    /// Whether the model was the best so far.
    package let isBest: Bool
    /// Translations, the same sources each time.
    package let samples: [ValidationReport.Sample]
  }

  /// What one process did.
  package struct Part: Sendable {
    /// Updates made before it.
    package let update: Int
    /// Threads that computed.
    package let threads: Int
    /// Instruction set that computed.
    package let instructions: String
    /// Numbers that are trained.
    package let parameters: Int
    /// Seconds of each phase.
    package var phases: [TrainingPhase: Double] = [:]
    /// Why it is over; `nil` while it is not, or if it was killed.
    package var reason: String?
  }

  /// Entries, the earliest first.
  package private(set) var updates: [Update] = []
  /// Validations, the earliest first.
  package private(set) var validations: [Validation] = []
  /// Parts, the earliest first.
  package private(set) var parts: [Part] = []
  /// Updates made in all.
  package private(set) var lastUpdate = 0
  /// Target tokens learnt from.
  package private(set) var targetTokens = 0
  private var consumed = 0

  /// A history of nothing.
  package init() {}

  /// The history in a log.
  package init(readingLog path: String) throws(FileError) {
    try readOn(path)
  }

  /// The best validation so far.
  package var best: Validation? { validations.last(where: \.isBest) }

  /// Seconds of a phase in all parts.
  package func seconds(_ phase: TrainingPhase) -> Double {
    parts.reduce(0) { $0 + ($1.phases[phase] ?? 0) }
  }

  /// Seconds in all.
  package var seconds: Double { TrainingPhase.allCases.reduce(0) { $0 + seconds($1) } }

  /// The metrics of which there are figures, loss and perplexity first.
  package var metrics: [ValidationMetric] {
    ValidationMetric.allCases.filter { metric in
      validations.contains { $0.figures.value(of: metric) != nil }
    }
  }

  // MARK: Reading

  /// Reads what was added to the log since it was read last.
  package mutating func readOn(_ path: String) throws(FileError) {
    let file = try InputFile(path)
    guard file.size > consumed else { return }
    let bytes = try file.read(file.size - consumed, at: consumed)
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return }
    consumed += end + 1
    for line in bytes[..<end].split(separator: UInt8(ascii: "\n")) {
      guard let entry = try? JSON.parse(Array(line), file: path) else { continue }
      add(entry)
    }
  }

  mutating func add(_ entry: JSON) {
    guard let event = entry["event"]?.string, let update = entry["update"]?.int else { return }
    if event == "began" {
      parts.append(
        Part(
          update: update, threads: entry["threads"]?.int ?? 0,
          instructions: entry["instructions"]?.string ?? "",
          parameters: entry["parameters"]?.int ?? 0))
    }
    addTimes(entry, isBeginning: event == "began")
    lastUpdate = max(lastUpdate, update)
    switch event {
    case "updated":
      guard let loss = entry["loss"]?.double, let norm = entry["gradientNorm"]?.double,
        let rate = entry["learningRate"]?.double
      else { return }
      updates.append(
        Update(
          update: update, loss: loss, gradientNorm: norm, learningRate: rate,
          tokensPerSecond: entry["tokensPerSecond"]?.double))
      targetTokens = entry["targetTokens"]?.int ?? targetTokens
    case "validated": addValidation(entry, update: update)
    case "ended": if !parts.isEmpty { parts[parts.count - 1].reason = entry["reason"]?.string }
    default: break
    }
  }

  /// Takes the seconds of each phase; where an entry has only their sum, what has passed since is that of updates.
  private mutating func addTimes(_ entry: JSON, isBeginning: Bool) {
    guard var times = parts.last?.phases else { return }
    if let phases = entry["phases"] {
      for phase in TrainingPhase.allCases { times[phase] = phases[phase.rawValue]?.double }
    } else if let seconds = entry["seconds"]?.double {
      let phase = isBeginning ? TrainingPhase.preparation : .updates
      let others = times.filter { $0.key != phase }.values.reduce(0, +)
      times[phase] = max(seconds - others, 0)
    }
    parts[parts.count - 1].phases = times
  }

  private mutating func addValidation(_ entry: JSON, update: Int) {
    guard let loss = entry["loss"]?.double else { return }
    var scores: [ValidationMetric: Double] = [:]
    for metric in ValidationMetric.allCases where metric.needsTranslations {
      scores[metric] = entry[metric.rawValue]?.double
    }
    let samples = (entry["samples"]?.array ?? []).compactMap { sample in
      sample["source"]?.string.map {
        ValidationReport.Sample(
          source: $0, reference: sample["reference"]?.string ?? "",
          translation: sample["translation"]?.string ?? "")
      }
    }
    validations.append(
      Validation(
        figures: .init(
          update: update, epoch: entry["epoch"]?.int ?? 0, loss: loss, scores: scores),
        isBest: entry["best"]?.bool ?? false, samples: samples))
  }
}
