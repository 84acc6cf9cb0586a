import DragomanTestSupport
import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanLayers
import DragomanTensor
import DragomanText
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// Both pipelines learn to read a sequence backwards, for which attention has to walk from its end to its start.
@Suite struct `Training learns to reverse` {
  @Test(arguments: [CellKind.gru, .lstm])
  func `to one hundred per cent`(_ cell: CellKind) throws {
    let fixture = try RunFixture(pairs: 4000, lengths: 2...6)
    var model = ModelConfiguration()
    model.embedding = 32
    model.dropout = DropoutConfiguration(0)
    if cell == .gru {
      model.recurrentEncoder.hidden = 32
      model.recurrentDecoder.hidden = 48
      model.attention.size = 32
    } else {
      // Pipeline B: two stacked layers, layer by layer, no feeding.
      model.recurrentEncoder.cell = .lstm
      model.recurrentEncoder.hidden = 64
      model.recurrentEncoder.layers = 2
      model.recurrentEncoder.bidirectional = false
      model.recurrentDecoder.cell = .lstm
      model.recurrentDecoder.hidden = 64
      model.recurrentDecoder.layers = 2
      model.recurrentDecoder.initialState = .layerwise
      model.recurrentDecoder.bridge = false
      model.recurrentDecoder.feeding = .none
      model.attention.score = .general
    }
    fixture.configuration.model = model
    fixture.configuration.training.epochs = cell == .gru ? 8 : 14
    fixture.configuration.training.batchTokens = 160
    fixture.configuration.training.patience = nil
    fixture.configuration.training.optimizer.learningRate = 0.005
    let folder = fixture.folder("run")
    try fixture.train(in: folder, threads: 2)

    let translator = try Translator(path: folder.best, threads: 2)
    let test = ["a", "b c d", "j i h g f", "a a b b c c", "d e f g h i", "c a c a c"]
    let translations = translator.translate(test).map(\.text)
    #expect(translations == test.map { String($0.reversed()) })
    // And nearly all of the validation pairs, which it has not learnt from.
    let corpus = try ParallelCorpus(reading: fixture.configuration.data.validation)
    let found = translator.translate(Array(corpus.sources)).map(\.text)
    let right = zip(found, corpus.targets).count { $0 == $1 }
    #expect(right == corpus.count, "\(right) of \(corpus.count)")
  }
}

@Suite struct `Training` {
  @Test func `stops at a loss that is not finite and keeps the last checkpoint`() throws {
    let fixture = try RunFixture(pairs: 48)
    let folder = fixture.folder("run")
    fixture.configuration.training.epochs = 1
    fixture.configuration.training.optimizer.kind = .sgd
    fixture.configuration.training.optimizer.learningRate = 0.01
    let good = try fixture.train(in: folder)
    fixture.configuration.training.epochs = 9
    // Weights that are not finite come from a damaged machine or a rate far too high.
    let trainer = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    try #require(trainer.state.weights[named: "output.bias"])[0, 0] = .nan
    let error = #expect(throws: TrainingError.self) { try trainer.run() }
    guard case .diverged(let divergence) = error else {
      Issue.record("expected a divergence, found \(String(describing: error))")
      return
    }
    #expect(divergence.update == trainer.position.update + 1)
    #expect(divergence.tensors == ["output.bias"])
    #expect(divergence.places.allSatisfy { $0.hasPrefix("\(fixture.root)/train.tsv:") })
    #expect(!divergence.places.isEmpty && divergence.lastGood?.path == folder.best)
    #expect(try Files.read(folder.last) == good.last)
  }

  @Test func `ends when patience does`() throws {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.patience = 2
    fixture.configuration.training.epochs = 50
    // Nothing improves at this rate.
    fixture.configuration.training.optimizer.kind = .sgd
    fixture.configuration.training.optimizer.learningRate = 1e-12
    fixture.configuration.training.optimizer.momentum = 0
    let trainer = try Trainer(
      fixture.configuration, folder: fixture.folder("run"), threads: 1)
    let outcome = try trainer.run()
    #expect(outcome == .outOfPatience)
    #expect(trainer.record.validations.count <= 8)
  }

  @Test func `skips pairs longer than a location table or the limit`() throws {
    let fixture = try RunFixture(pairs: 80, lengths: 2...9)
    fixture.configuration.data.maximumLength = 6
    fixture.configuration.training.epochs = 1
    fixture.configuration.model.attention = AttentionConfiguration()
    fixture.configuration.model.attention.score = .location
    let trainer = try Trainer(
      fixture.configuration, folder: fixture.folder("run"), threads: 1)
    let summary = trainer.state.task.summary
    #expect(summary.skippedAsTooLong > 0)
    #expect(trainer.state.model.translation.model.reach == summary.longestSource)
    #expect(summary.longestSource <= 7)
    try trainer.run()
    // A source past the table still gets a translation.
    let translator = try Translator(path: trainer.folder.best, threads: 1)
    #expect(!translator.translate("a b c d e f g h i j a b c").targetTokens.isEmpty)
  }

  @Test func `refuses data without a usable pair`() throws {
    let fixture = try RunFixture(pairs: 24)
    fixture.configuration.data.maximumLength = 1
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: fixture.folder("run"))
    }
    #expect(error == .noPairs(role: "train", read: 24, skipped: 24))
  }

  @Test func `reloads the best weights when validation stalls`() throws {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.schedule.kind = .plateau
    fixture.configuration.training.schedule.patience = 1
    fixture.configuration.training.schedule.reload = true
    fixture.configuration.training.patience = 2
    fixture.configuration.training.epochs = 50
    // Such steps make everything worse.
    fixture.configuration.training.optimizer.learningRate = 3
    let folder = fixture.folder("run")
    let trainer = try Trainer(fixture.configuration, folder: folder, threads: 1)
    #expect(try trainer.run() == .outOfPatience)
    let best = try ModelFile(path: folder.best)
    #expect(trainer.state.weights.slab.elements == best.weights.slab.elements)
    #expect(trainer.state.optimizer.moments[0].values.slab.elements.allSatisfy { $0 == 0 })
  }

  @Test func `refuses a warm-up that outlasts it`() throws {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.schedule.warmup = 500
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: fixture.folder("run"))
    }
    guard case .endlessWarmup(500, let updates) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(
      TrainingError.endlessWarmup(warmup: 500, updates: updates).description
        == "training.schedule.warmup is 500, but training ends after about \(updates) updates, before "
        + "the learning rate has risen. Set training.schedule.warmup to \(updates / 10), or train for "
        + "more epochs.")
  }

  @Test func `refuses a model that no memory holds`() throws {
    let fixture = try RunFixture(pairs: 24)
    (
      fixture.configuration.model.recurrentEncoder.hidden,
      fixture.configuration.model.recurrentEncoder.layers
    ) = (
      65_536, 64
    )
    let error = #expect(throws: TrainingError.self) {
      try fixture.train(in: fixture.folder("run"))
    }
    let text = error?.description ?? ""
    #expect(
      text.hasPrefix("the model has 4,") && text.contains(" parameters, whose training takes "))
    #expect(text.contains(" MB, but the machine has "))
    #expect(
      text.hasSuffix(
        "Make model.embedding, the hidden sizes, the number of layers or tokenizer.vocabulary smaller."
      ))
  }

  @Test func `refuses a validation pair that no machine can attend over, before it trains`() throws
  {
    let fixture = try RunFixture(pairs: 24)
    let side = String(repeating: "a ", count: 16_000)
    let path = "\(fixture.root)/validation.tsv"
    try Files.append("\(side)\t\(side)\n", to: path)
    let place = "\(path):\(try Files.read(path).count { $0 == 0x0A })"
    let error = #expect(throws: TrainingError.self) { try TrainingState(fixture.configuration) }
    #expect(error == .longPair(role: "validation", place: place, source: 16_001, target: 16_001))
    // Of training pairs those beyond data.maximumLength are left out, and no others.
    try AtomicFile.write(Array("a b\tb a\n".utf8), to: path)
    try Files.append("\(side)\t\(side)\n", to: "\(fixture.root)/train.tsv")
    #expect(throws: Never.self) { try TrainingState(fixture.configuration) }
    fixture.configuration.data.maximumLength = 200_000
    let long = #expect(throws: TrainingError.self) { try TrainingState(fixture.configuration) }
    #expect(
      long?.description.contains("train.tsv:25: a training pair of 16,001 and 16,001 tokens")
        == true)
  }

  @Test func `errors say what to do`() {
    var divergence = Divergence(update: 7, loss: .nan, gradientNorm: 3)
    divergence.tensors = ["output.bias"]
    divergence.places = ["a.tsv:3", "a.tsv:9"]
    let advice =
      "a lower training.optimizer.learningRate or training.clipNorm. training.onDivergence can pass over such "
      + "batches or go back by itself."
    let start =
      "update 7: the loss is nan and the gradient's length 3.0; not finite: output.bias; the batch holds a.tsv:3 and "
      + "a.tsv:9. Training cannot go on. "
    #expect(TrainingError.diverged(divergence).description == start + "Begin again with " + advice)
    divergence.lastGood = Divergence.Good(path: "runs/a/best.safetensors", update: 5, loss: 2.5)
    #expect(
      TrainingError.diverged(divergence).description == start
        + "The last good checkpoint is runs/a/best.safetensors, of update 5, with a validation loss of 2.5000: go "
        + "on with --resume, or begin a run with that model (--from runs/a/best.safetensors --set name=NAME), and "
        + advice)
    #expect(
      TrainingError.runIsBusy(folder: "runs/a").description
        == "runs/a: another process is training this run, or has just done so. Wait for its end, or give this "
        + "run another name: --set name=NAME.")
    #expect(
      TrainingError.runExists(folder: "runs/a", isResumable: false).description
        == "runs/a already holds a run that was ended before its first checkpoint. Begin again by --restart, or give "
        + "this run another name: --set name=NAME.")
    #expect(
      TrainingError.overflown(update: 2, tensors: ["output.bias"], lastGood: nil).description
        == "update 2: output.bias is not finite any more; training cannot go on, and nothing is saved of it. Begin "
        + "again with " + advice)
    #expect(
      TrainingError.longPair(role: "validation", place: "v.tsv:3", source: 20_000, target: 30_000)
        .description
        == "v.tsv:3: a validation pair of 20,000 and 30,000 tokens, whose attention takes more than a gigabyte. "
        + "Take it out of data.validation, or cut it into sentences.")
    #expect(
      TrainingError.longPair(role: "train", place: "t.tsv:7", source: 20_000, target: 30_000)
        .description
        == "t.tsv:7: a training pair of 20,000 and 30,000 tokens, whose attention takes more than a gigabyte. "
        + "Take it out of data.train, or cut it into sentences; a lower data.maximumLength leaves it out."
    )
    #expect(
      TrainingError.folderIsGone(folder: "runs/a").description
        == "runs/a: the folder was removed while the run was under way, so that nothing can be saved any more."
    )
    #expect(
      TrainingError.runExists(folder: "runs/a", isResumable: true).description
        == "runs/a already holds a run. Go on with it by --resume, begin again by --restart, or give "
        + "this run another name: --set name=NAME.")
    #expect(
      TrainingError.otherConfiguration(path: "p", keys: ["model.embedding", "training.seed"])
        .description
        == "p: the run was begun with other values of model.embedding, training.seed. Resume it with "
        + "the same configuration, or give this run another name: --set name=NAME.")
  }
}

/// A key that is read but not heeded would go unnoticed.
@Suite struct `What keeps a model from learning by heart` {
  static let keys: [String: @Sendable (inout RunConfiguration) -> Void] = [
    "training.labelSmoothing": { $0.training.labelSmoothing = 0.2 },
    "model.dropout.sourceWords": { $0.model.dropout.sourceWords = 0.3 },
    "tokenizer.dropout": { $0.tokenizer.dropout = 0.3 },
    "model.dropout.targetWords": { $0.model.dropout.targetWords = 0.3 },
  ]

  @Test(arguments: keys.keys.sorted()) func `changes the weights, and the same way each time`(
    _ key: String
  ) throws {
    let fixture = try RunFixture(pairs: 40)
    fixture.configuration.tokenizer.kind = .bpe
    fixture.configuration.tokenizer.vocabulary = 300
    fixture.configuration.training.epochs = 1
    func weights(_ name: String) throws -> [Float] {
      let folder = fixture.folder(name)
      try fixture.train(in: folder)
      return try ModelFile(path: folder.last).weights.slab.elements
    }
    let plain = try weights("plain")
    let change = try #require(Self.keys[key])
    change(&fixture.configuration)
    let changed = try weights("changed")
    #expect(changed != plain)
    #expect(try weights("again") == changed)
  }
}
