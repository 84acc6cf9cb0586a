import DragomanFormats
import DragomanLayers

/// How far a run has come: everything that, with the weights and moments, the rest of it follows from.
///
/// The order of an epoch follows from (seed, epoch) and every mask from (seed, update), so no state of a
/// random generator is part of it.
package struct TrainingPosition: Sendable, Equatable {
  /// Updates made.
  package var update = 0
  /// The epoch that is under way, from 0.
  package var epoch = 0
  /// Batches of this epoch that are done.
  package var batch = 0
  /// Sentence pairs learnt from, repetitions counted.
  package var pairs = 0
  /// Target tokens learnt from, repetitions counted.
  package var targetTokens = 0
  /// Sum of the losses since the last log entry.
  package var lossSum = 0.0
  /// Target tokens since the last log entry.
  package var lossTokens = 0
  /// What that sum is divided by: these tokens, or the sum of the weights of their classes.
  package var lossWeight = 0.0
  /// Sum of what is added to the losses since then, beside them: the doubly stochastic term.
  package var penaltySum = 0.0
  /// Updates that were to be made, but whose batches were passed over because of numbers that are not finite.
  package var skipped = 0
  /// How often such numbers have halved the learning rate.
  package var lowered = 0
  /// The update after which the optimizer was new for that reason; 0 if it never was.
  package var restarted = 0

  /// The beginning of a run.
  package init() {}

  /// Begins to add up losses for the next log entry.
  mutating func clearLoss() {
    (lossSum, lossTokens, lossWeight, penaltySum) = (0, 0, 0, 0)
  }

  /// Passes over the batches of an update.
  mutating func skip(batches: Int) {
    batch += batches
    skipped += 1
  }

  /// Counts an update.
  mutating func advance(batches: Int, examples: Int, _ loss: Loss) {
    update += 1
    batch += batches
    pairs += examples
    targetTokens += loss.count
    lossSum += loss.sum
    lossTokens += loss.count
    lossWeight += loss.weight
    penaltySum += loss.penalty
  }
}

extension TrainingPosition {
  private static let counters: [(key: String, path: any WritableKeyPath<Self, Int> & Sendable)] = [
    ("update", \.update), ("epoch", \.epoch), ("batch", \.batch), ("pairs", \.pairs),
    ("targetTokens", \.targetTokens), ("lossTokens", \.lossTokens),
  ]

  private static let rare: [(key: String, path: any WritableKeyPath<Self, Int> & Sendable)] = [
    ("skipped", \.skipped), ("lowered", \.lowered), ("restarted", \.restarted),
  ]

  /// The position as a checkpoint states it.
  var json: JSON {
    .object(Self.counters.map { ($0.key, .int(self[keyPath: $0.path])) })
      .adding([
        "lossSum": .double(lossSum),
        // Only where it says something else than the tokens.
        "lossWeight": lossWeight == Double(lossTokens) ? nil : .double(lossWeight),
        "penaltySum": penaltySum == 0 ? nil : .double(penaltySum),
        // Only where a run has met such numbers.
        "skipped": skipped == 0 ? nil : .int(skipped),
        "lowered": lowered == 0 ? nil : .int(lowered),
        "restarted": restarted == 0 ? nil : .int(restarted),
      ])
  }

  /// The position a checkpoint states, if it is whole.
  init?(_ json: JSON) {
    for counter in Self.counters {
      guard let value = json[counter.key]?.int, value >= 0 else { return nil }
      self[keyPath: counter.path] = value
    }
    guard let sum = json["lossSum"]?.double else { return nil }
    lossSum = sum
    lossWeight = json["lossWeight"]?.double ?? Double(lossTokens)
    penaltySum = json["penaltySum"]?.double ?? 0
    for (key, path) in Self.rare {
      guard let stated = json[key] else { continue }
      guard let value = stated.int, value >= 0 else { return nil }
      self[keyPath: path] = value
    }
  }
}

extension TrainingPosition {
  /// Where a run stands, in words.
  var words: String { "update \(update), batch \(batch) of epoch \(epoch)" }
}
