package import DragomanPages
package import DragomanModels
import DragomanEvaluation
import DragomanFormats
import DragomanText
package import DragomanTraining
import DragomanTranslation

/// The report on a run: `report.html` in its folder.
package struct TrainingPage: Sendable {
  private let summary: TrainingSummary
  private let history: RunHistory
  private let filters: ImageFilters?
  private let departures: [String]

  /// A report.
  ///
  /// - Parameters:
  ///   - summary: what is trained on what.
  ///   - history: what has happened so far.
  ///   - filters: what a model that reads images looks for first.
  ///   - departures: what the configuration states, if somebody knows already: finding it takes long.
  package init(
    _ summary: TrainingSummary, _ history: RunHistory, filters: ImageFilters? = nil,
    departures: [String]? = nil
  ) {
    self.departures = departures ?? summary.configuration.departures
    self.summary = summary
    self.history = history
    self.filters = filters
  }

  private var task: ModelTask { summary.configuration.task }
  private var readsImages: Bool { summary.configuration.readsImages }

  /// The page.
  package var page: Page {
    Page(
      summary.configuration.name, subtitle: .text(state),
      reloadSeconds: history.parts.last?.reason == nil ? Self.reloadSeconds : nil,
      styles: readsImages ? [Shades.style, MosaicStyle.text] : [],
      content: [
        .highlights(highlights),
        .section("Curves", .columns(RunCharts.charts(history, task))),
      ] + samples + [
        .section(
          "Data", .facts(data),
          problems.isEmpty ? .nothing : HTML(.ul, [.class("problems")], children: problems)),
        .section("Model", HTML(.p, .text(summary.configuration.architecture))),
        .section("Machine and time", .facts(machine)),
        configuration,
      ])
  }

  /// Seconds after which the page of a run that goes on is loaded anew.
  private static let reloadSeconds = 10

  /// What the model made of some validation examples.
  private var samples: [HTML] {
    readsImages
      ? ImageSampleHistory(history, images: summary.images, filters: filters, task).html
      : [SampleHistory(history, task).html]
  }

  /// Where the run stands, in a few words.
  private var state: String {
    let done = "\(NumberText.grouped(history.lastUpdate)) updates"
    return switch history.parts.last?.reason {
    case .finished: "finished after \(done)"
    case .outOfPatience: "ended after \(done): validation did not improve any more"
    case .stopped: "stopped after \(done); it can be resumed"
    case nil: "as of update \(NumberText.grouped(history.lastUpdate))"
    }
  }

  private var highlights: [(name: String, value: String, note: String)] {
    var figures: [(name: String, value: String, note: String)] = []
    if let best = history.best {
      let update = "best model, update \(NumberText.grouped(best.figures.update))"
      for metric in history.metrics {
        guard let value = best.figures.value(of: metric) else { continue }
        let text = RunFigures.text(value, metric)
        let name = metric == .loss ? "validation loss" : metric.name
        let interval = best.figures.intervals[metric].map { "95 %: \($0); " } ?? ""
        figures.append((name, text, interval + update))
      }
    }
    figures.append(
      (
        task.targetUnit, RunFigures.short(history.targetTokens),
        "\(NumberText.grouped(history.lastUpdate)) updates"
      ))
    figures.append(
      (
        "time", Duration.text(seconds: history.seconds),
        RunFigures.speed(history).map { "\($0) \(task.lossUnit)/s" } ?? ""
      ))
    return figures
  }

  private var data: [(name: String, value: HTML)] {
    let data = summary.data
    var facts: [(name: String, value: HTML)] = [
      (
        "training \(task.exampleUnit)",
        .text(
          NumberText.grouped(data.trainPairs)
            + (data.skippedAsTooLong > 0
              ? "; \(NumberText.grouped(data.skippedAsTooLong)) left out as too long" : ""))
      )
    ]
    let hasText = !readsImages || task == .captioning
    if hasText { facts.append(("training tokens", .text(tokens))) }
    facts.append(
      ("validation \(task.exampleUnit)", .text(NumberText.grouped(data.validationPairs))))
    if task == .classification {
      facts.append(("classes", .text(NumberText.grouped(data.targetVocabulary))))
    }
    if hasText { facts.append(("vocabulary", .text(vocabulary))) }
    if readsImages {
      let images = summary.configuration.data.images
      let sizes = [images.height, images.width, images.channels].compactMap(\.self)
      facts.append(("images", .text(sizes.map { "\($0)" }.joined(separator: " × "))))
    }
    facts.append(("files", .group(data.files.map { HTML(.div, .foreign($0.description)) })))
    return facts
  }

  private var tokens: String {
    let data = summary.data
    return switch task {
    case .translation:
      "\(NumberText.grouped(data.sourceTokens)) source, \(NumberText.grouped(data.targetTokens)) target"
    case .classification: NumberText.grouped(data.sourceTokens)
    case .captioning: NumberText.grouped(data.targetTokens)
    }
  }

  private var vocabulary: String {
    let data = summary.data
    let entries =
      switch task {
      case .translation:
        "\(NumberText.grouped(data.sourceVocabulary)) source, "
          + "\(NumberText.grouped(data.targetVocabulary)) target entries"
      case .classification: "\(NumberText.grouped(data.sourceVocabulary)) entries"
      case .captioning: "\(NumberText.grouped(data.targetVocabulary)) entries"
      }
    return
      "\(entries); \(NumberText.fixed(data.unknownPercent, decimals: 2)) % of the validation tokens are unknown"
  }

  private var problems: [HTML] {
    summary.data.report.problems.map { HTML(.li, .foreign($0.description)) }
  }

  private var machine: [(name: String, value: HTML)] {
    var facts: [(name: String, value: HTML)] = [
      (
        "machine",
        .text(
          "\(Words.count(summary.threads, "thread")), \(summary.instructions)")
      ),
      (
        "batches",
        .text(
          "\(NumberText.grouped(summary.batchesPerEpoch)) an epoch, of "
            + TrainingOverview.batch(summary))
      ),
      ("parameters", .text(NumberText.grouped(summary.parameters))),
    ]
    if let origin = summary.origin { facts.append(("begun with", .foreign(origin.path))) }
    let total = max(history.seconds, .leastNonzeroMagnitude)
    for phase in TrainingPhase.allCases where history.seconds(phase) > 0 {
      let seconds = history.seconds(phase)
      facts.append(
        (
          phase.rawValue,
          .text(
            "\(Duration.text(seconds: seconds)), "
              + "\(NumberText.fixed(100 * seconds / total, decimals: 1)) %")
        ))
    }
    // How long each waited, and for what: that of the slowest waits for nobody.
    for (rank, report) in (history.parts.last?.processes ?? []).enumerated() {
      facts.append(
        (
          "process \(rank)",
          .foreign(
            "\(report.host): \(Duration.text(seconds: report.times.gradients)) of gradients, "
              + "\(Duration.text(seconds: report.times.weights)) of weights, "
              + "\(Duration.text(seconds: report.seconds)) of sending and waiting, "
              + "\(NumberText.bytes(report.bytes)) sent")
        ))
    }
    let resumed = history.parts.dropFirst().map { NumberText.grouped($0.beginning.update) }
    if !resumed.isEmpty {
      facts.append(("resumed after", .text("update " + resumed.joined(separator: ", "))))
    }
    return facts
  }

  private var configuration: HTML {
    let own = summary.configuration
    let changed = departures.filter { $0 != "name" }
    return .section(
      "Configuration", note: "What differs from the defaults.",
      .facts(
        changed.map { key in
          (key, HTML(.code, .foreign(own.json.value(at: key)?.serialized() ?? "–")))
        }),
      HTML(
        .details, HTML(.summary, "Everything"),
        HTML(.pre, HTML(.code, .text(own.text)))))
  }
}
