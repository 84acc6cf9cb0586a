import DragomanTestSupport
import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanTestSupport
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

@Suite struct `A resumed run` {
  /// Dropout is on, stops fall into the middle of epochs, and the two halves use different threads.
  @Test(arguments: CellKind.allCases)
  func `ends with the bytes of an uninterrupted one`(_ cell: CellKind) throws {
    let fixture = try RunFixture()
    fixture.configuration.model.recurrentEncoder.cell = cell
    fixture.configuration.model.recurrentDecoder.cell = cell
    fixture.configuration.model.recurrentDecoder.layers = 2
    fixture.configuration.model.dropout.variational = cell == .lstm
    fixture.configuration.model.dropout.states = cell == .lstm ? 0.1 : 0
    fixture.configuration.model.recurrentDecoder.layerNormalization = cell == .lstm
    fixture.configuration.model.recurrentDecoder.feeding = cell == .lstm ? .attentional : .context
    fixture.configuration.model.attention.coverage = cell == .gru
    let whole = try fixture.train(in: fixture.folder("whole"), threads: 1)
    let folder = fixture.folder("parts")
    try fixture.train(in: folder, threads: 2, stopAfter: 5)
    try fixture.train(in: folder, resume: true, threads: 1, stopAfter: 11)
    let resumed = try fixture.train(in: folder, resume: true, threads: 2)
    #expect(resumed.best == whole.best)
    #expect(resumed.last == whole.last)
  }

  /// Each epoch has pieces of its own, and a stop falls into the middle of one.
  @Test func `draws the pieces of its epoch again`() throws {
    let fixture = try RunFixture()
    fixture.configuration.tokenizer.kind = .bpe
    fixture.configuration.tokenizer.vocabulary = 300
    fixture.configuration.training.labelSmoothing = 0.1
    fixture.configuration.model.dropout.targetWords = 0.1
    let plain = try fixture.train(in: fixture.folder("plain"))
    fixture.configuration.tokenizer.dropout = 0.3
    let whole = try fixture.train(in: fixture.folder("whole"), threads: 1)
    #expect(whole.last != plain.last)
    let folder = fixture.folder("parts")
    try fixture.train(in: folder, threads: 2, stopAfter: 13)
    let resumed = try fixture.train(in: folder, resume: true, threads: 2)
    #expect(resumed.best == whole.best)
    #expect(resumed.last == whole.last)
    let data = try TrainingData(fixture.configuration)
    func pairs(_ epoch: Int) -> EncodedCorpus {
      data.epoch(epoch, seed: 1, batchTokens: 60).pairs
    }
    #expect(pairs(1).source == pairs(1).source && pairs(1).source != pairs(2).source)
    #expect(
      pairs(1).source.map { data.source.decode($0) }
        == data.train.source.map { data.source.decode($0) })
  }

  @Test func `does not depend on the number of threads`() throws {
    let fixture = try RunFixture()
    // Wide enough that products are split among threads.
    fixture.configuration.model.recurrentEncoder.hidden = 48
    fixture.configuration.model.recurrentDecoder.hidden = 64
    fixture.configuration.training.batchTokens = 200
    let one = try fixture.train(in: fixture.folder("one"), threads: 1)
    let three = try fixture.train(in: fixture.folder("three"), threads: 3)
    #expect(one.best == three.best)
    #expect(one.last == three.last)
  }

  @Test func `goes on with sgd, patience and validation by updates`() throws {
    let fixture = try RunFixture()
    fixture.configuration.training.optimizer.kind = .sgd
    fixture.configuration.training.optimizer.learningRate = 0.1
    fixture.configuration.training.validateEvery = .updates(4)
    fixture.configuration.training.saveEvery = 3
    fixture.configuration.training.patience = 3
    let whole = try fixture.train(in: fixture.folder("whole"))
    let folder = fixture.folder("parts")
    for stop in [1, 2, 9] {
      try fixture.train(in: folder, resume: stop > 1, stopAfter: stop)
    }
    let resumed = try fixture.train(in: folder, resume: true)
    #expect(resumed.best == whole.best)
    #expect(resumed.last == whole.last)
  }

  /// Stops fall between the falls of a rate; some updates do not improve, so that plateaus are there.
  @Test(arguments: ScheduleKind.allCases) func `goes on with every schedule`(
    _ kind: ScheduleKind
  ) throws {
    let fixture = try RunFixture()
    fixture.configuration.training.optimizer.kind = .adamw
    fixture.configuration.training.optimizer.learningRate = 0.1
    fixture.configuration.training.schedule.kind = kind
    fixture.configuration.training.schedule.warmup = 3
    fixture.configuration.training.validateEvery = .updates(3)
    fixture.configuration.training.patience = nil
    switch kind {
    case .step: fixture.configuration.training.schedule.after = 1
    case .plateau:
      fixture.configuration.training.schedule.patience = 1
      fixture.configuration.training.schedule.reload = true
    default: break
    }
    let whole = try fixture.train(in: fixture.folder("whole"))
    let folder = fixture.folder("parts")
    for stop in [4, 5, 13] {
      try fixture.train(in: folder, resume: stop > 4, threads: 2, stopAfter: stop)
    }
    let resumed = try fixture.train(in: folder, resume: true)
    #expect(resumed.best == whole.best)
    #expect(resumed.last == whole.last)
    let constant = fixture.configuration.training.schedule.kind == .constant
    if !constant {
      fixture.configuration.training.schedule = ScheduleConfiguration()
      fixture.configuration.training.schedule.warmup = 3
      let other = try fixture.train(in: fixture.folder("constant"))
      #expect(other.last != whole.last, "the schedule did nothing")
    }
  }

  /// Groups of batches are cut by the ends of epochs, and the average is part of the state.
  @Test(arguments: CellKind.allCases) func `goes on with accumulation and an average`(
    _ cell: CellKind
  ) throws {
    let fixture = try RunFixture()
    fixture.configuration.model.recurrentEncoder.cell = cell
    fixture.configuration.model.recurrentDecoder.cell = cell
    fixture.configuration.training.accumulate = 3
    fixture.configuration.training.average.kind = .ema
    fixture.configuration.training.average.decay = 0.9
    fixture.configuration.training.validateEvery = .updates(4)
    let whole = try fixture.train(in: fixture.folder("whole"), threads: 1)
    let folder = fixture.folder("parts")
    for stop in [1, 3, 2] {
      try fixture.train(in: folder, resume: stop > 1, threads: 2, stopAfter: stop)
    }
    let resumed = try fixture.train(in: folder, resume: true)
    #expect(resumed.best == whole.best)
    #expect(resumed.last == whole.last)
    let last = try ModelFile(path: folder.last)
    let best = try ModelFile(path: folder.best)
    #expect(last.weights.slab.elements != best.weights.slab.elements)
  }

  @Test func `that is finished changes nothing`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    let first = try fixture.train(in: folder)
    let second = try fixture.train(in: folder, resume: true)
    #expect(first == second)
  }

  @Test func `needs a checkpoint, the same configuration and the same pairs`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    let nothing = #expect(throws: TrainingError.self) {
      try fixture.train(in: folder, resume: true)
    }
    #expect(
      nothing?.description
        == "\(folder.last): there is no checkpoint to resume. Begin the run with --restart in the place of --resume."
    )
    try fixture.train(in: folder)
    let exists = #expect(throws: TrainingError.self) { try fixture.train(in: folder) }
    #expect(exists == .runExists(folder: folder.path, isResumable: true))

    fixture.configuration.model.embedding = 13
    let other = #expect(throws: TrainingError.self) {
      try fixture.train(in: folder, resume: true)
    }
    #expect(other == .otherConfiguration(path: folder.last, keys: ["model.embedding"]))
    fixture.configuration.model.embedding = 12

    try Files.append("a b\tb a\n", to: "\(fixture.root)/train.tsv")
    let data = #expect(throws: TrainingError.self) {
      try fixture.train(in: folder, resume: true)
    }
    #expect(data == .otherData(path: folder.last))
  }

  @Test func `loses nothing to one that is stopped before it begins`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    let before = try fixture.train(in: folder)
    let trainer = try Trainer(fixture.configuration, folder: folder, restart: true, threads: 1)
    #expect(try trainer.run { true } == .stopped && !trainer.hasBegun)
    #expect(try Files.read(folder.best) == before.best && Files.read(folder.last) == before.last)
  }

  @Test func `is not overwritten for want of its last checkpoint`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    try fixture.train(in: folder)
    try Files.remove(folder.last)
    let error = #expect(throws: TrainingError.self) { try fixture.train(in: folder) }
    #expect(error == .runExists(folder: folder.path, isResumable: false))
  }

  @Test func `is not overwritten, or gone back in, when another process was faster`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    let late = try Trainer(fixture.configuration, folder: folder, threads: 1)
    try fixture.train(in: folder)
    let exists = #expect(throws: TrainingError.self) { try late.run() }
    #expect(exists == .runExists(folder: folder.path, isResumable: true))

    let stale = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    try Files.remove(folder.last)
    let busy = #expect(throws: TrainingError.self) { try stale.run() }
    #expect(busy == .runIsBusy(folder: folder.path))
  }

  @Test func `keeps the last good checkpoint when weights overflow`() throws {
    let fixture = try RunFixture(pairs: 24)
    let folder = fixture.folder("run")
    let trainer = try Trainer(fixture.configuration, folder: folder, threads: 1)
    try Files.createDirectories(folder.path)
    try trainer.save()
    let before = try Files.read(folder.last)
    trainer.kernels.fill(trainer.state.weights.slab, with: .infinity)
    let error = #expect(throws: TrainingError.self) { try trainer.save() }
    guard case .overflown(0, let tensors, nil) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(tensors == trainer.state.weights.layout.entries.map(\.name))
    #expect(try Files.read(folder.last) == before)
  }

  @Test func `belongs to one process`() throws {
    let fixture = try RunFixture(pairs: 24)
    let folder = fixture.folder("run")
    try Files.createDirectories(folder.path)
    let lock = try FileLock(folder.path)
    let error = #expect(throws: TrainingError.self) { try fixture.train(in: folder) }
    #expect(error == .runIsBusy(folder: folder.path))
    withExtendedLifetime(lock) {}
  }

  @Test func `gives way to a new one only once its pairs are read`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    let first = try fixture.train(in: folder)
    var broken = fixture.configuration
    broken.data.train = [.tsv("\(fixture.root)/none.tsv")]
    #expect(throws: CorpusError.self) {
      try Trainer(broken, folder: folder, restart: true, threads: 1).run()
    }
    #expect(try Files.read(folder.last) == first.last)
    try Trainer(fixture.configuration, folder: folder, restart: true, threads: 1).run()
    #expect(try Files.read(folder.last) == first.last)
  }

  @Test func `may have new limits`() throws {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    try fixture.train(in: folder)
    fixture.configuration.training.epochs = 2
    try fixture.train(in: folder, resume: true)
    let model = try ModelFile(path: folder.last)
    #expect(model.record["epochs"]?.int == 2)
  }

  @Test func `cannot be resumed from its best model`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.training.epochs = 1
    let folder = fixture.folder("run")
    let (best, _) = try fixture.train(in: folder)
    try AtomicFile.write(best, to: folder.last)
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: folder, resume: true)
    }
    #expect(
      error?.description == """
        \(folder.last): this file holds a model but not the state of its training; only last.safetensors can be resumed.
        """)
  }

  /// Version 0.1 drew the masks of dropout otherwise; all else is as it was.
  @Test func `that version 0.1 began goes on if it has no dropout`() throws {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.model.dropout = DropoutConfiguration(0)
    fixture.configuration.model.dropout.variational = true
    fixture.configuration.tokenizer.kind = .bpe
    fixture.configuration.tokenizer.vocabulary = 300
    fixture.configuration.tokenizer.dropout = 0.1
    let whole = try fixture.train(in: fixture.folder("whole"))
    let folder = fixture.folder("old")
    let (_, last) = try fixture.train(in: folder, stopAfter: 5)
    try AtomicFile.write(ModelBytes.ofVersion1(last), to: folder.last)
    #expect(try ModelFile.version(of: SafetensorsReader(path: folder.last)) == 1)
    let resumed = try fixture.train(in: folder, resume: true)
    #expect(resumed.best == whole.best && resumed.last == whole.last)
    #expect(try ModelFile.version(of: SafetensorsReader(path: folder.last)) == 2)
  }

  typealias Change = @Sendable (inout DropoutConfiguration) -> Void

  /// Whatever is dropped.
  @Test(
    arguments: [
      { $0.embedding = 0.1 }, { $0.layers = 0.1 }, { $0.encoded = 0.1 }, { $0.output = 0.1 },
      { $0.states = 0.1 }, { $0.sourceWords = 0.1 }, { $0.targetWords = 0.1 },
    ] as [Change])
  func `that version 0.1 began with dropout is refused`(_ drop: Change) throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.model.recurrentDecoder.layers = 2
    fixture.configuration.model.dropout = DropoutConfiguration(0)
    fixture.configuration.model.dropout.variational = true
    drop(&fixture.configuration.model.dropout)
    let folder = fixture.folder("run")
    let (_, last) = try fixture.train(in: folder, stopAfter: 1)
    try AtomicFile.write(ModelBytes.ofVersion1(last), to: folder.last)
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: folder, resume: true)
    }
    #expect(error == .otherMasks(path: folder.last))
  }

  /// A file that version 0.1 wrote.
  @Test func `of version 0.1 is refused with what to do`() throws {
    let fixtures = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" }
    let path = "\(fixtures)/Fixtures/0.1/resumable.safetensors"
    let configuration = try RunConfiguration.read(
      ModelFile(path: path).configuration, file: path)
    let error = #expect(throws: TrainingError.self) { try Checkpoint(path: path, configuration) }
    #expect(
      error?.description == """
        \(path): the run was begun by Dragoman 0.1 with dropout, whose masks this version draws otherwise, so that it \
        cannot go on as it began. Begin a run with its model: --from \(path) --set name=NAME; or go on with Dragoman \
        0.1.
        """)
  }
}
