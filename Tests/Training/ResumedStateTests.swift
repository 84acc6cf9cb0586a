import DragomanFormats
import DragomanSystem
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// What a checkpoint states of its position is not believed: the checksum of such files is right.
@Suite struct `The state of a resumed run` {
  typealias Change = @Sendable (inout TrainingState) -> Void

  private static let changes: [(key: String, change: Change)] = [
    ("update", { $0.position.update = .max }), ("update", { $0.position.update = 1 << 53 + 1 }),
    ("update", { $0.position.update = 5 }), ("update", { $0.position.update = 92 }),
    // With so many batches passed over, there were more groups than the epochs so far have pairs.
    ("update", { $0.position.skipped = 60 }),
    ("epoch", { $0.position.epoch = .max }), ("epoch", { $0.position.epoch = 92 }),
    ("batch", { $0.position.batch = .max }), ("batch", { $0.position.batch = 92 }),
    ("batch", { $0.position.batch += 1 }),
    ("pairs", { $0.position.batch -= 2 }), ("pairs", { $0.position.pairs = .max }),
    ("pairs", { $0.position.pairs = 0 }), ("pairs", { $0.position.pairs += 1 }),
    ("targetTokens", { $0.position.targetTokens = .max }),
    ("targetTokens", { $0.position.targetTokens = 3 }),
    ("lossTokens", { $0.position.lossTokens = .max }),
    ("lossTokens", { $0.position.lossTokens = 1 << 40 }),
    ("lossSum", { $0.position.lossSum = 1e308 }), ("lossSum", { $0.position.lossSum = -5 }),
    ("lossWeight", { $0.position.lossWeight = -1 }),
    ("lossWeight", { $0.position.lossWeight = 1e308 }),
    ("skipped", { $0.position.skipped = .max }), ("lowered", { $0.position.lowered = 1000 }),
    ("restarted", { $0.position.restarted = 1000 }),
    ("metric", { $0.record.metric = .bleu }),
    ("validations[0].update", { $0.record.append(update: 0) }),
    ("validations[0].update", { $0.record.append(update: .max) }),
    ("validations[0].epoch", { $0.record.append(epoch: 9) }),
  ]

  @Test(arguments: changes.indices)
  func `is compared with record, configuration and data`(_ index: Int) throws {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.accumulate = 2
    let folder = fixture.folder("run")
    try fixture.train(in: folder, stopAfter: 2)
    let trainer = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    var state = trainer.state
    #expect(state.position.batch == 4)
    let (key, change) = Self.changes[index]
    change(&state)
    // A record that goes with the position lies as consistently as can be.
    if !key.hasPrefix("update"), !key.hasPrefix("epoch") { state.recordPosition() }
    try Checkpoint(state).write(to: folder.last)
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: folder, resume: true)
    }
    guard case .wrongState(folder.last, key, let expected, _) = error else {
      Issue.record("\(key): found \(String(describing: error))")
      return
    }
    if state.position.batch == 92 {
      #expect(expected.hasPrefix("a multiple of training.accumulate below the "))
    }
    if state.position.skipped == .max { #expect(expected == "at most 2^53") }
  }

  @Test func `has the batches that configuration and data give`() throws {
    let fixture = try RunFixture(pairs: 48)
    let folder = fixture.folder("run")
    try fixture.train(in: folder, stopAfter: 2)
    let reader = try SafetensorsReader(path: folder.last)
    let state = try #require(reader.metadata[ModelFileKey.state])
    // The configuration states the same, and stays.
    func escaped(_ text: String) -> String { text.replacing("\"", with: #"\""#) }
    #expect(state.contains(#""batchTokens":60"#))
    let bytes = ModelBytes.replacing(
      escaped(state),
      by: escaped(state.replacing(#""batchTokens":60"#, with: #""batchTokens":61"#)),
      in: try Files.read(folder.last))
    try AtomicFile.write(ModelBytes.stamped(bytes), to: folder.last)
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: folder, resume: true)
    }
    #expect(
      error?.description == """
        \(folder.last): the state of the training does not agree with itself, its configuration or its data: expected \
        batchTokens to be 60, found 61. Resume from a copy of the file, or begin again: --from \(folder.last) --set \
        name=NAME.
        """)
  }

  @Test func `may have another rate, clip and schedule, which is noted`() throws {
    let fixture = try RunFixture(pairs: 48)
    let folder = fixture.folder("run")
    try fixture.train(in: folder, stopAfter: 3)
    fixture.configuration.training.optimizer.learningRate = 0.25
    fixture.configuration.training.clipNorm = nil
    fixture.configuration.training.schedule.kind = .plateau
    let trainer = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(
      trainer.record.changes.map(\.description) == [
        "after update 3: training.optimizer.learningRate is 0.25, before 0.001",
        "after update 3: training.clipNorm is null, before 1",
        "after update 3: training.schedule is "
          + "\(fixture.configuration.training.schedule.json.serialized(pretty: false)), before "
          + "\(ScheduleConfiguration().json.serialized(pretty: false))",
      ] || trainer.record.changes.count >= 3)
    try trainer.run { trainer.position.update >= 5 }
    #expect(trainer.learningRate == 0.25)
    // The note stays, and what is not changed again is not noted again.
    let again = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(again.record.changes == trainer.record.changes)
  }
}

/// A checkpoint that cannot be read is not an end of a run.
@Suite struct `A damaged last checkpoint` {
  /// A run that was stopped twice, so that there is a checkpoint before the last one; and one left alone.
  private func stopped() throws -> (RunFixture, RunFolder, best: [UInt8], last: [UInt8]) {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.epochs = 2
    let whole = try fixture.train(in: fixture.folder("whole"))
    let folder = fixture.folder("run")
    try fixture.train(in: folder, stopAfter: 2)
    try fixture.train(in: folder, resume: true, stopAfter: 2)
    #expect(folder.hasPrevious)
    return (fixture, folder, whole.best, whole.last)
  }

  @Test(arguments: ["flipped", "cut", "missing", "best"])
  func `is told of, and the run goes on from the one before to the same bytes`(
    _ kind: String
  ) throws {
    let (fixture, folder, best, last) = try stopped()
    var bytes = try Files.read(folder.last)
    switch kind {
    case "flipped": bytes[bytes.count / 2] ^= 1
    case "cut": bytes.removeLast(1000)
    default: bytes = kind == "best" ? best : bytes
    }
    try AtomicFile.write(bytes, to: folder.last)
    if kind == "missing" { try Files.remove(folder.last) }
    let before = try Files.read(folder.previous)
    let trainer = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(trainer.damage?.hasPrefix(folder.last) == true)
    #expect(trainer.position.update == 2)
    try trainer.run { trainer.position.update > 2 }
    // What was gone back to is not pushed out by what is damaged.
    #expect(try Files.read(folder.previous) == before)
    try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1).run()
    #expect(try Files.read(folder.best) == best && Files.read(folder.last) == last)
  }

  @Test func `ends a run without another`() throws {
    let (fixture, folder, _, _) = try stopped()
    try Files.remove(folder.previous)
    var bytes = try Files.read(folder.last)
    bytes[bytes.count / 2] ^= 1
    try AtomicFile.write(bytes, to: folder.last)
    #expect(throws: FormatError.self) { try fixture.train(in: folder, resume: true) }
  }
}

extension TrainingRecord {
  fileprivate mutating func append(update: Int = 1, epoch: Int = 0) {
    validations.append(Validation(update: update, epoch: epoch, loss: 2))
  }
}
