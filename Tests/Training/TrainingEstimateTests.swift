import DragomanFormats
import DragomanSystem
import DragomanText
import Testing

@testable import DragomanTraining

@Suite struct `An estimate of a training's time` {
  @Test func `counts updates and validations, and writes nothing`() throws {
    let fixture = try RunFixture(pairs: 160)
    fixture.configuration.training.metrics = [.bleu, .loss]
    let names = try Files.list(fixture.root).sorted()
    let estimate = try TrainingEstimate(fixture.configuration, threads: 1)
    #expect(try Files.list(fixture.root).sorted() == names)
    let trainer = try Trainer(fixture.configuration, folder: fixture.folder("run"), threads: 1)
    try trainer.run()
    #expect(estimate.updates == trainer.record.updates)
    #expect(estimate.validations == trainer.record.validations.count)
    #expect(estimate.threads == 1 && estimate.hasPatience)
    #expect(estimate.secondsPerUpdate > 0 && estimate.secondsPerValidation > 0)
    #expect(
      estimate.seconds
        == Double(estimate.updates ?? 0) * estimate.secondsPerUpdate
        + 3 * estimate.secondsPerValidation)
  }

  @Test func `knows limits, intervals and accumulated batches`() throws {
    let fixture = try RunFixture(pairs: 160)
    fixture.configuration.training.accumulate = 2
    fixture.configuration.training.epochs = nil
    fixture.configuration.training.updates = 25
    fixture.configuration.training.validateEvery = .updates(10)
    let limited = try TrainingEstimate(fixture.configuration, threads: 1)
    #expect(limited.updates == 25 && limited.validations == 3)
    fixture.configuration.training.updates = nil
    fixture.configuration.training.validateEvery = .epoch
    let endless = try TrainingEstimate(fixture.configuration, threads: 1)
    #expect(endless.updates == nil && endless.validations == 1)
    #expect(endless.description.contains(" an epoch on this machine (1 thread): "))
  }

  @Test func `takes a part of a large corpus for the whole`() throws {
    let fixture = try RunFixture(pairs: 1000)
    let (whole, part) = try (
      TranslationTask(fixture.configuration),
      TranslationTask(fixture.configuration, atMost: 250)
    )
    #expect(part.data.share == 0.25 && whole.data.share == 1)
    #expect(part.data.train.count == 250 && whole.data.train.count == 1000)
    let corpus = ParallelCorpus(
      (0..<10).map { SentencePair(source: "\($0)", target: "\($0)") })
    #expect(corpus.thinned(to: 4).map(\.source) == ["0", "2", "5", "7"])
    #expect(corpus.thinned(to: 10).count == 10)
    let state = try TrainingState(beginning: part, share: 0.25)
    // Batches are as large as those of the whole corpus.
    fixture.configuration.training.batchTokens = nil
    #expect(try TrainingState(fixture.configuration).batchTokens == 200)
    #expect(state.batchTokens == 60)
  }

  @Test func `says when the machine was busy`() throws {
    #expect(TrainingEstimate.note(processors: 1.9).isEmpty)
    #expect(
      TrainingEstimate.note(processors: 0.046)
        == "; much less on an idle machine, since others left the trial 5 % of a processor")
    let fixture = try RunFixture(pairs: 40)
    let estimate = try TrainingEstimate(fixture.configuration, threads: 1)
    // Of the whole process, in which other tests may run.
    #expect(estimate.processors > 0)
    #expect(estimate.json["processors"]?.double == estimate.processors)
  }

  @Test(arguments: [
    (0.3, "a second"), (42.4, "42 seconds"), (204, "3.4 minutes"), (1500, "25 minutes"),
    (5390, "90 minutes"), (19_800, "5.5 hours"), (181_440, "2.1 days"),
  ])
  func `is told as people plan`(seconds: Double, words: String) {
    #expect(TrainingEstimate.words(seconds) == words)
  }
}
