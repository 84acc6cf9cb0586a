import DragomanEvaluation
import DragomanFormats
import DragomanTraining

extension RunComparison {
  /// A column of figures: what it is headed by, what each run has there, and which of them are the best.
  struct Column {
    let head: String
    let cells: [String]
    var best: Set<Int> = []
  }

  /// The columns of figures, those of validations first.
  var columns: [Column] {
    metrics.flatMap { metric in
      metric == .loss ? [column(of: metric), lossPerCharacter] : [column(of: metric)]
    }.compactMap(\.self) + [
      Column(
        head: "update",
        cells: runs.map { $0.best.map { NumberText.grouped($0.update) } ?? "–" }),
      Column(head: "updates", cells: runs.map { NumberText.grouped($0.history.lastUpdate) }),
      Column(
        head: "parameters",
        cells: runs.map { run in
          run.history.parts.last.map { NumberText.grouped($0.beginning.parameters) } ?? "–"
        }),
      Column(head: "tokens/s", cells: runs.map { RunFigures.speed($0.history) ?? "–" }),
      Column(head: "time", cells: runs.map { Duration.text(seconds: $0.history.seconds) }),
    ]
  }

  /// All metrics of which a run has figures.
  var metrics: [ValidationMetric] {
    ValidationMetric.allCases.filter { metric in
      runs.contains { $0.history.metrics.contains(metric) }
    }
  }

  private func column(of metric: ValidationMetric) -> Column {
    let cells = runs.map { run in
      run.best.flatMap { best in
        best.value(of: metric).map { value in
          RunFigures.text(value, metric) + (best.intervals[metric].map { " (\($0))" } ?? "")
        }
      } ?? "–"
    }
    return Column(
      head: metric.name, cells: cells,
      best: obstacle(to: metric) == nil
        ? Self.best(
          runs.map { $0.best?.value(of: metric) }, isHigherBetter: metric.isHigherBetter
        ) { RunFigures.text($0, metric) }
        : [])
  }

  /// The loss in a measure that does not depend on how text is cut into tokens; nothing where no run knows it.
  private var lossPerCharacter: Column? {
    let values = runs.map(\.lossPerCharacter)
    guard values.contains(where: { $0 != nil }) else { return nil }
    func text(_ value: Double) -> String { RunFigures.text(value, .loss) }
    return Column(
      head: "loss/character", cells: values.map { $0.map(text) ?? "–" },
      best: obstacleToCharacters == nil
        ? Self.best(values, isHigherBetter: false, text: text) : [])
  }

  /// The runs with the best of several values; what reads the same is as good.
  private static func best(
    _ values: [Double?], isHigherBetter: Bool, text: (Double) -> String
  ) -> Set<Int> {
    let found = values.compactMap(\.self)
    guard found.count > 1, let best = isHigherBetter ? found.max() : found.min() else { return [] }
    return Set(values.indices.filter { index in values[index].map(text) == text(best) })
  }
}

extension RunComparison.Run {
  /// The best validation by the run's own first metric.
  var best: TrainingRecord.Validation? { history.best?.figures }

  /// Nats per character of the validation targets.
  var lossPerCharacter: Double? { loss { $0.characters } }

  /// Nats per word of the validation targets.
  var lossPerWord: Double? { loss { $0.words } }

  private func loss(per count: (ValidationMark) -> Int) -> Double? {
    guard let loss = best?.loss, let mark = history.validationMark, count(mark) > 0 else {
      return nil
    }
    return loss * Double(mark.tokens) / Double(count(mark))
  }
}
