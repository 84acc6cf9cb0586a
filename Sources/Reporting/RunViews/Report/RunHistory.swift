package import DragomanTraining

/// What the log of a run tells: every update in it, every validation, and the parts between interruptions.
///
/// The log is the one source of it, so a resumed run goes on with the history it had, and a report can be made of any
/// run folder.
package struct RunHistory: Sendable {
  /// What one process did.
  package struct Part: Sendable {
    /// How it began.
    package let beginning: LogEntry.Beginning
    /// Seconds of each phase.
    package var phases: [TrainingPhase: Double] = [:]
    /// Why it is over; `nil` while it is not, or if it was killed.
    package var reason: TrainingOutcome?
    /// What its processes had to do with each other; nothing of one alone.
    package var processes: [ProcessReport] = []
  }

  /// Updates that are logged, the earliest first.
  package private(set) var updates: [LogEntry.Update] = []
  /// Validations, the earliest first.
  package private(set) var validations: [LogEntry.Validation] = []
  /// Parts, the earliest first.
  package private(set) var parts: [Part] = []
  /// Updates made in all.
  package private(set) var lastUpdate = 0

  /// The history that entries tell.
  package init(_ entries: [LogEntry] = []) {
    for entry in entries { add(entry) }
  }

  /// The best validation so far.
  package var best: LogEntry.Validation? { validations.last(where: \.isBest) }

  /// What tells the validation pairs from those of other runs, if the log does.
  package var validationMark: ValidationMark? { parts.last?.beginning.validation }

  /// Target tokens learnt from.
  package var targetTokens: Int { updates.last?.targetTokens ?? 0 }

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

  /// Adds what happened next.
  package mutating func add(_ entry: LogEntry) {
    lastUpdate = max(lastUpdate, entry.update)
    switch entry.event {
    case .began(let beginning):
      parts.append(Part(beginning: beginning, phases: [.preparation: entry.seconds]))
    case .updated(let update):
      updates.append(update)
      changePart { part in
        // The entry has the seconds in all: what no other phase took is that of updates.
        let others = part.phases.filter { $0.key != .updates }.values.reduce(0, +)
        part.phases[.updates] = max(entry.seconds - others, 0)
      }
    case .validated(let validation):
      validations.append(validation)
      changePart { ($0.phases, $0.processes) = (validation.phases, validation.processes) }
    case .ended(let ending):
      changePart {
        ($0.phases, $0.reason, $0.processes) = (ending.phases, ending.reason, ending.processes)
      }
    }
  }

  private mutating func changePart(_ change: (inout Part) -> Void) {
    if !parts.isEmpty { change(&parts[parts.count - 1]) }
  }
}
