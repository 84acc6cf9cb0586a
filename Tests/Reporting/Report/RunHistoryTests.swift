import DragomanTraining
import Testing

@testable import DragomanReporting

@Suite struct `The history of a run` {
  private let entries = LogEntry.examples

  @Test func `is what the log tells`() throws {
    let history = RunHistory(entries)
    #expect(history.updates.map(\.loss) == [3.5, 2.5])
    #expect(history.updates.map(\.tokensPerSecond) == [nil, 50])
    #expect(history.validations.map(\.figures.update) == [10, 20])
    #expect(history.best?.figures.scores == [.bleu: 7])
    #expect(history.validations[0].samples.map(\.translation) == ["c"])
    #expect(history.metrics == [.loss, .perplexity, .bleu])
    #expect(history.lastUpdate == 20 && history.targetTokens == 200)
    #expect(history.parts.map(\.reason) == [.finished])
    #expect(history.parts[0].beginning.threads == 2)
    #expect(history.seconds(.updates) == 4 && history.seconds(.saving) == 0.5)
    #expect(history.seconds == 10.5)
    #expect(RunFigures.speed(history) == "50")
  }

  @Test func `adds up the times of parts, also of one that was killed`() throws {
    let history = RunHistory(entries.prefix(4) + entries)
    // Of the first part 1 + (9 - 1 - 4) + 4 seconds are known.
    #expect(history.parts.map { $0.phases.values.reduce(0, +) } == [9, 10.5])
    #expect(history.parts[0].phases == [.preparation: 1, .updates: 4, .validation: 4])
  }
}
