import DragomanFormats
import Testing

@testable import DragomanTraining

/// A record of losses and BLEU figures, a validation after every tenth update.
private func record(
  _ losses: [Double], _ bleu: [Double], metric: ValidationMetric = .loss
) -> TrainingRecord {
  var record = TrainingRecord()
  record.metric = metric
  for (index, (loss, bleu)) in zip(losses, bleu).enumerated() {
    record.validations.append(
      .init(update: 10 * (index + 1), epoch: index, loss: loss, scores: [.bleu: bleu]))
  }
  return record
}

@Suite struct `A stopping rule` {
  private func isOver(
    _ policy: StoppingPolicy, _ metrics: [ValidationMetric], patience: Int?,
    _ record: TrainingRecord
  ) -> Bool {
    var training = TrainingConfiguration()
    (training.stopOn, training.metrics, training.patience) = (policy, metrics, patience)
    return StoppingRule(training).isOutOfPatience(record)
  }

  /// The loss has stalled for three validations, BLEU for one; an equal figure is not an improvement.
  private let stalled = record([3, 1, 2, 1, 1.5], [5, 9, 9, 10, 10])

  @Test(arguments: [
    (StoppingPolicy.first, [ValidationMetric.loss, .bleu], 3, true),
    (.first, [.bleu, .loss], 3, false),
    (.first, [.bleu, .loss], 1, true), (.any, [.bleu, .loss], 3, true),
    (.any, [.bleu, .loss], 4, false), (.all, [.loss, .bleu], 2, false),
    (.all, [.loss, .bleu], 1, true),
    (.first, [.perplexity], 3, true),
  ]) func `waits for the metrics it is told to`(
    _ policy: StoppingPolicy, _ metrics: [ValidationMetric], _ patience: Int, _ expected: Bool
  ) {
    #expect(isOver(policy, metrics, patience: patience, stalled) == expected)
  }

  @Test(arguments: StoppingPolicy.allCases) func `never ends without patience or validations`(
    _ policy: StoppingPolicy
  ) {
    #expect(!isOver(policy, [.loss, .bleu], patience: nil, stalled))
    #expect(!isOver(policy, [.loss, .bleu], patience: 1, TrainingRecord()))
  }
}

@Suite struct `A training record` {
  @Test func `knows the best validation by its metric, and by nothing if it was not taken`() {
    #expect(record([3, 1, 2, 1], [5, 4, 9, 9]).best?.update == 20)
    #expect(record([3, 1, 2, 3], [5, 4, 9, 9], metric: .bleu).best?.update == 30)
    #expect(
      record([3, 1, 2, 3], [5, 4, 9, 9]).improvements(on: .bleu) == [true, false, true, false])
    #expect(record([3, 1, 2, 1], [5, 4, 9, 9]).improvements(on: .chrf).allSatisfy { !$0 })
    #expect(TrainingRecord().best == nil)
  }

  @Test func `takes the one of less loss where a metric is equal, but waits no longer for it`() {
    let equal = record([3, 2, 4, 1], [5, 5, 5, 4], metric: .bleu)
    #expect(equal.best?.update == 20)
    #expect(equal.improvements(on: .bleu) == [true, true, false, false])
    #expect(equal.stalls(on: .bleu) == 3)
  }

  @Test func `reads back what it writes`() throws {
    var written = record([3, 1.1], [5.25, 100 / 3], metric: .bleu)
    (written.updates, written.epochs, written.pairs, written.targetTokens) = (20, 2, 300, 4000)
    let text = written.json.serialized()
    #expect(TrainingRecord(try JSON.parse(Array(text.utf8), file: "r")) == written)
    let other = text.replacing("\"bleu\"", with: "\"blue\"", maxReplacements: 1)
    #expect(TrainingRecord(try JSON.parse(Array(other.utf8), file: "r")) == nil)
  }
}
