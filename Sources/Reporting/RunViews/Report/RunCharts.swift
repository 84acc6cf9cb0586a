import DragomanSystem
import DragomanLayers
import DragomanPages
import DragomanTensor
import DragomanTraining
import DragomanTranslation

/// The curves of runs: one run with training beside validation, or several runs beside each other.
enum RunCharts {
  /// Figures of one run.
  static func charts(_ history: RunHistory, _ task: ModelTask) -> [HTML] {
    let updates = history.updates
    // CIDEr-D goes to 10, the others to 100.
    let scores = history.metrics.filter(\.needsTranslations)
    let scoreCharts = [scores.filter { $0 != .cider }, scores.filter { $0 == .cider }].map {
      scores in
      LineChart(
        scores.map(\.name).joined(separator: ", "), note: "of the validation \(task.exampleUnit)",
        scores.enumerated().map { index, metric in
          .init(metric.name, colour: index + 1, points(history, metric))
        })
    }
    let losses = [
      LineChart(
        "Loss", note: "nats per \(task.targetUnit.dropLast())",
        [
          .init("training", colour: 0, points(updates) { $0.loss }),
          .init("validation", colour: 1, points(history, .loss)),
        ]),
      LineChart(
        "Perplexity", isLogarithmic: true,
        [
          .init("training", colour: 0, points(updates) { exponential($0.loss) }),
          .init("validation", colour: 1, points(history, .perplexity)),
        ]),
    ]
    let others = [
      LineChart(
        "Learning rate", [.init("learning rate", points(updates) { $0.learningRate })]),
      LineChart(
        "Gradient norm", note: "before clipping",
        [.init("gradient norm", points(updates) { $0.gradientNorm })]),
      LineChart(
        "Speed", note: "\(task.targetUnit) per second",
        [.init("\(task.lossUnit)/s", points(updates) { $0.tokensPerSecond })]),
    ]
    return (losses + scoreCharts + others).map(\.html).filter { $0 != .nothing }
  }

  /// Figures of several runs, a line each.
  static func charts(_ runs: [(name: String, history: RunHistory)], _ tasks: Set<ModelTask>)
    -> [HTML]
  {
    let unit = tasks.count == 1 ? tasks.first.map(\.targetUnit) ?? "" : "target tokens or examples"
    func chart(
      _ title: String, note: String = "", isLogarithmic: Bool = false,
      _ points: (RunHistory) -> [(x: Double, y: Double)]
    ) -> LineChart {
      LineChart(
        title, note: note, isLogarithmic: isLogarithmic,
        runs.enumerated().map { .init($1.name, colour: $0, points($1.history)) })
    }
    let metrics = ValidationMetric.allCases.filter { metric in
      metric != .perplexity && runs.contains { $0.history.metrics.contains(metric) }
    }
    return
      (metrics.map { metric in
        chart("Validation: \(metric.name)") { points($0, metric) }
      } + [
        chart("Training: loss", note: "nats per \(unit.dropLast())") {
          points($0.updates) { $0.loss }
        },
        chart("Learning rate") { points($0.updates) { $0.learningRate } },
        chart("Gradient norm", note: "before clipping") { points($0.updates) { $0.gradientNorm } },
        chart("Speed", note: "\(unit) per second") {
          points($0.updates) { $0.tokensPerSecond }
        },
      ]).map(\.html).filter { $0 != .nothing }
  }

  private static func points(
    _ updates: [LogEntry.Update], _ value: (LogEntry.Update) -> Double?
  ) -> [(x: Double, y: Double)] {
    updates.compactMap { update in value(update).map { (x: Double(update.update), y: $0) } }
  }

  private static func points(
    _ history: RunHistory, _ metric: ValidationMetric
  ) -> [(x: Double, y: Double)] {
    history.validations.compactMap { validation in
      validation.figures.value(of: metric).map { (x: Double(validation.figures.update), y: $0) }
    }
  }
}
