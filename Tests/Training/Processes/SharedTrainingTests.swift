import DragomanFormats
import DragomanImages
import DragomanLayers
import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// What several processes that train together promise: the bytes of one.
@Suite struct `Processes that train together` {
  /// Trains in so many processes; the first one writes.
  private static func train(
    _ configuration: RunConfiguration, _ folder: RunFolder, processes: Int, threads: Int = 1,
    resume: Bool = false, stopAfter: Int? = nil, stoppedRank: Int = 0, allowsThreads: Bool = true
  ) throws -> (best: [UInt8], last: [UInt8]) {
    let outcomes = try ThreadGroup.run(processes, allowsThreads: allowsThreads) { group in
      let trainer = try Trainer(
        configuration, folder: folder, resume: resume, threads: threads, processes: group)
      let start = trainer.position.update
      return try trainer.run {
        group.rank == stoppedRank
          && stopAfter.map { trainer.position.update - start >= $0 } ?? false
      }
    }
    #expect(Set(outcomes).count == 1)
    return (
      Files.exists(folder.best) ? try Files.read(folder.best) : [], try Files.read(folder.last)
    )
  }

  @Test(arguments: ModelFamily.allCases)
  func `end with the bytes of one process`(_ family: ModelFamily) throws {
    let fixture = try RunFixture()
    family.apply(to: &fixture.configuration.model, width: 12, layers: 2)
    fixture.configuration.training.pieces = 4
    fixture.configuration.training.metrics = [.loss, .exactMatch]
    let configuration = fixture.configuration
    let one = try Self.train(configuration, fixture.folder("one"), processes: 1)
    for (processes, threads) in [(1, 3), (2, 1), (4, 2)] {
      let found = try Self.train(
        configuration, fixture.folder("\(processes)-\(threads)"), processes: processes,
        threads: threads)
      #expect(found.best == one.best && found.last == one.last, "\(processes) processes")
    }
    // On from any number with any other, stopped by whichever was asked.
    let parts = fixture.folder("parts")
    _ = try Self.train(configuration, parts, processes: 4, stopAfter: 7, stoppedRank: 3)
    _ = try Self.train(configuration, parts, processes: 1, resume: true, stopAfter: 5)
    let resumed = try Self.train(configuration, parts, processes: 2, resume: true)
    #expect(resumed.best == one.best && resumed.last == one.last)
  }

  @Test func `need no thread beside the one that computes`() throws {
    let fixture = try RunFixture()
    fixture.configuration.training.pieces = 2
    let configuration = fixture.configuration
    let one = try Self.train(configuration, fixture.folder("one"), processes: 1)
    for allowsThreads in [false, true] {
      let two = try Self.train(
        configuration, fixture.folder("two-\(allowsThreads)"), processes: 2,
        allowsThreads: allowsThreads)
      #expect(one.last == two.last)
    }
  }

  /// Of eight pieces of three or four examples some are empty, and what a process adds beside its way back others add
  /// behind it.
  @Test(arguments: [1, 2]) func `add the same where some have no example`(_ accumulate: Int) throws
  {
    let fixture = try RunFixture()
    fixture.configuration.training.accumulate = accumulate
    let configuration = fixture.configuration
    @Sendable func gradient(_ processes: any ProcessGroup) throws -> [Float] {
      let state = try TrainingState(configuration)
      let epoch = state.task.epoch(0, batchTokens: 20)
      #expect((0..<accumulate).allSatisfy { epoch.origins(at: $0).count < 8 })
      let found = Parameters(layout: state.task.layout)
      _ = try PiecewiseGradient(
        state.accumulatedGradient, pieces: 8, processes, decoderPlaces: state.task.decoderPlaces
      ).compute(
        epoch, 0..<accumulate, firstBatch: 0, weights: state.weights, into: found,
        Workspace(kernels: Kernels(threads: 1)), .never)
      return found.slab.elements
    }
    let one = try gradient(SingleProcess())
    let eight = try ThreadGroup.run(8) { (try gradient($0), $0.exchangesBeside) }
    #expect(eight.allSatisfy { $0.0 == one })
    #expect(Set(eight.map { $0.1 > 0 }) == [true, false])
  }

  @Test func `compute the gradient of the whole batch, up to rounding`() throws {
    let fixture = try RunFixture()
    fixture.configuration.model.dropout = DropoutConfiguration(0)
    fixture.configuration.training.accumulate = 2
    let state = try TrainingState(fixture.configuration)
    let epoch = state.task.epoch(0, batchTokens: 60)
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let whole = Parameters(layout: state.task.layout)
    let (loss, _) = try state.gradient(
      of: [try epoch.batch(at: 0), try epoch.batch(at: 1)], into: whole, workspace)
    let scale = whole.slab.elements.reduce(0) { max($0, abs($1)) }
    // More pieces than examples: some are empty.
    for pieces in [2, 8, 64] {
      let found = Parameters(layout: state.task.layout)
      let result = try PiecewiseGradient(
        state.accumulatedGradient, pieces: pieces, SingleProcess()
      ).compute(
        epoch, 0..<2, firstBatch: 0, weights: state.weights, into: found, workspace, .never)
      #expect(result.loss.count == loss.count && abs(result.loss.sum - loss.sum) < 1e-4)
      #expect(result.passes <= 2 * pieces && result.passes > 2)
      for (found, expected) in zip(found.slab.elements, whole.slab.elements) {
        #expect(abs(found - expected) < 3e-6 * scale)
      }
    }
  }

  /// Batch normalisation, augmentation, squeeze-and-excitation, and the figures of classes.
  @Test func `learn from images with the bytes of one`() throws {
    let folder = try TemporaryFolder()
    try Files.createDirectories(folder["images"])
    for (part, count, start) in [("train", 40, 0), ("validation", 11, 100)] {
      var lines = ""
      for index in start..<(start + count) {
        let samples = (0..<48).map { Float((($0 * (index % 2 + 1)) + index * 7) % 48) / 48 }
        try AtomicFile.write(
          PNGWriter.bytes(of: Image(height: 6, width: 8, channels: 1, samples: samples)),
          to: folder["images/\(index).png"])
        lines += "\(index).png\t\(index % 2 == 0 ? "even" : "odd")\n"
      }
      try folder.write("\(part).tsv", lines)
    }
    let configuration = try RunConfiguration.parse(
      Array(
        """
        {"task": "classification",
         "data": {"train": ["\(folder["train.tsv"])"], "validation": ["\(folder["validation.tsv"])"],
                  "images": {"folder": "\(folder["images"])", "augment": {"shift": 1, "noise": 0.05}}},
         "classifier": {"encoder": {"kind": "convolutional",
           "stages": [{"channels": 4, "pool": "maximum"}, {"channels": 6, "squeeze": 2}]}},
         "training": {"epochs": 4, "batchImages": 7, "pieces": 4, "metrics": ["accuracy"],
           "average": {"kind": "ema"}, "samples": 3}}
        """.utf8), file: "a.json")
    let one = try Self.train(configuration, RunFolder(name: "one", in: folder.path), processes: 1)
    let four = try Self.train(
      configuration, RunFolder(name: "four", in: folder.path), processes: 4, threads: 2)
    #expect(one.best == four.best && one.last == four.last)
  }

  @Test func `go back to the best model together`() throws {
    let fixture = try RunFixture()
    fixture.configuration.training.pieces = 2
    fixture.configuration.training.epochs = 8
    fixture.configuration.training.optimizer.learningRate = 0.05
    fixture.configuration.training.schedule.kind = .plateau
    fixture.configuration.training.schedule.patience = 1
    fixture.configuration.training.schedule.reload = true
    let configuration = fixture.configuration
    let one = try Self.train(configuration, fixture.folder("one"), processes: 1)
    let two = try Self.train(configuration, fixture.folder("two"), processes: 2)
    #expect(one.last == two.last)
  }
}
