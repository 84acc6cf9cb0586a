import DragomanTestSupport
import DragomanSystem
import DragomanEvaluation
import DragomanFormats
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// Keeps what a run tells.
private final class Listener: TrainingObserver {
  var reports: [ValidationReport] = []
  func began(_ summary: TrainingSummary) {}
  func updated(_ progress: TrainingProgress) {}
  func validated(_ report: ValidationReport, _ progress: TrainingProgress) {
    reports.append(report)
  }
  func saved(_ path: String) {}
  func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {}
}

@Suite struct `Validation by translations` {
  private func fixture() throws -> RunFixture {
    let fixture = try RunFixture(pairs: 400, lengths: 2...3)
    fixture.configuration.model.embedding = 24
    fixture.configuration.model.recurrentEncoder.hidden = 24
    fixture.configuration.model.recurrentDecoder.hidden = 32
    fixture.configuration.training.optimizer.learningRate = 0.01
    fixture.configuration.training.epochs = 6
    fixture.configuration.training.metrics = [.chrf, .loss, .exactMatch]
    return fixture
  }

  @Test func `has the figures of the model that is kept, and a best model per metric`() throws {
    let fixture = try fixture()
    fixture.configuration.training.keep = 2
    fixture.configuration.decoding.beam = 3
    let listener = Listener()
    let folder = fixture.folder("run")
    let trainer = try Trainer(
      fixture.configuration, folder: folder, threads: 1, observers: [listener])
    try trainer.run()
    let corpus = try ParallelCorpus(reading: fixture.configuration.data.validation)
    #expect(trainer.record.metric == .chrf)
    for (metric, path) in [
      (ValidationMetric.chrf, folder.best), (.loss, folder.best(.loss)),
      (.exactMatch, folder.best(.exactMatch)),
    ] {
      let translator = try Translator(path: path, threads: 1)
      let record = try #require(TrainingRecord(ModelFile(path: path).record))
      let last = try #require(record.validations.last)
      let improved = try #require(record.improvements(on: metric).lastIndex(of: true))
      #expect(improved == record.validations.count - 1, "\(metric)")
      let segments = ReferencedSources(sources: corpus.sources, targets: corpus.targets)
      let found = translator.translate(segments.sources).map(\.text)
      let references = segments.references
      #expect(last.scores[.chrf] == ChrF().score(hypotheses: found, references: references).score)
      #expect(
        last.scores[.exactMatch]
          == ExactMatch().score(hypotheses: found, references: references).score)
      #expect(last.scores[.loss] == nil && last.scores[.bleu] == nil)
      let rows = ChrF().statistics(of: found, references: references)
      #expect(last.intervals[.chrf] == BootstrapInterval(ofFew: rows, metric: ChrF()))
      let interval = try #require(last.intervals[.chrf])
      #expect(interval.lower <= last.scores[.chrf] ?? -1 && interval.upper >= interval.lower)
      #expect(last.intervals[.loss] == nil)
    }
    #expect(try #require(trainer.record.best?.scores[.chrf]) > 50)
    // The last two, each the model of its moment.
    let updates = trainer.record.validations.map(\.update)
    for update in updates {
      #expect(Files.exists(folder.model(after: update)) == updates.suffix(2).contains(update))
    }
    #expect(
      try ModelFile(path: folder.model(after: updates[5])).record["updates"]?.int == updates[5])
    // Three samples by default, at equal distances.
    let report = try #require(listener.reports.last)
    #expect(report.samples.count == 3)
    let segments = ReferencedSources(sources: corpus.sources, targets: corpus.targets)
    let places = [0, 1, 2].map { $0 * segments.sources.count / 3 }
    #expect(report.samples.map(\.source) == places.map { segments.sources[$0] })
    #expect(report.samples.map(\.reference) == places.map { segments.references.segments[$0][0] })
    let final = try Translator(path: folder.last, threads: 1)
    #expect(
      report.samples.map(\.translation) == report.samples.map { final.translate($0.source).text })
    #expect(listener.reports.first?.isBest == true)
    #expect(listener.reports.first?.improved == [.chrf, .loss, .exactMatch])

    try folder.clear()
    #expect(try Files.list(folder.path).isEmpty)
  }

  @Test func `shows samples without a metric of translations if asked to`() throws {
    let fixture = try fixture()
    fixture.configuration.training.metrics = [.loss]
    fixture.configuration.training.epochs = 1
    let silent = Listener()
    let plain = try Trainer(
      fixture.configuration, folder: fixture.folder("a"), threads: 1, observers: [silent])
    try plain.run()
    #expect(silent.reports.count == 1 && silent.reports[0].samples.isEmpty)
    fixture.configuration.training.samples = 2
    let listener = Listener()
    let trainer = try Trainer(
      fixture.configuration, folder: fixture.folder("b"), threads: 1, observers: [listener])
    try trainer.run()
    #expect(listener.reports[0].samples.count == 2)
    #expect(listener.reports[0].validation.scores.isEmpty)
  }

  @Test func `survives stops, every file of it`() throws {
    let fixture = try fixture()
    fixture.configuration.training.keep = 3
    fixture.configuration.training.metrics = [.bleu, .perplexity, .chrf]
    fixture.configuration.training.stopOn = .any
    fixture.configuration.training.average.kind = .ema
    fixture.configuration.training.average.decay = 0.9
    fixture.configuration.training.accumulate = 2
    fixture.configuration.training.validateEvery = .updates(5)
    fixture.configuration.training.schedule.kind = .plateau
    fixture.configuration.training.schedule.patience = 1
    fixture.configuration.training.schedule.reload = true
    fixture.configuration.training.optimizer.learningRate = 0.05
    let whole = fixture.folder("whole")
    try fixture.train(in: whole, threads: 1)
    let parts = fixture.folder("parts")
    for stop in [3, 4, 5, 11] {
      try fixture.train(in: parts, resume: stop > 3, threads: 2, stopAfter: stop)
    }
    try fixture.train(in: parts, resume: true, threads: 1)
    let names = try Files.list(whole.path).sorted()
    #expect(try Files.list(parts.path).sorted() == names)
    #expect(names.count == 9, "\(names)")
    // The checkpoint before the last one is that of the last stop.
    for name in names where name != "previous.safetensors" {
      #expect(
        try Files.read("\(whole.path)/\(name)") == Files.read("\(parts.path)/\(name)"), "\(name)")
    }
    // What decides which translations are made is part of the run now.
    fixture.configuration.decoding.maximumLength += 1
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: parts, resume: true)
    }
    #expect(error == .otherConfiguration(path: parts.last, keys: ["decoding.maximumLength"]))
  }
}

@Suite struct `A run's folder` {
  @Test func `is cleared of the run's files and of no others`() throws {
    let fixture = try RunFixture(pairs: 24)
    let folder = fixture.folder("run")
    try folder.begin(fixture.configuration)
    let others = [
      "update-notes.safetensors", "update-07.safetensors", "mine.txt", "best-of.safetensors",
    ]
    let own = [
      "best.safetensors", "best-bleu.safetensors", "update-7.safetensors", "last.safetensors",
      ".update-7.safetensors.tmp-0123456789abcdef",
    ]
    for name in others + own { try AtomicFile.write([1], to: "\(folder.path)/\(name)") }
    try folder.keepModels(after: [7])
    #expect(Files.exists(folder.model(after: 7)))
    try folder.begin(fixture.configuration)
    try folder.clear()
    #expect(try Files.list(folder.path).sorted() == others.sorted())
  }
}
