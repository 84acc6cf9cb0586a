import DragomanTestSupport
import DragomanLayers
import DragomanTensor
import Testing

@testable import DragomanTraining

@Suite struct `A memory budget` {
  private func state(memory: Int?, _ fixture: RunFixture) throws -> TrainingState {
    var configuration = fixture.configuration
    configuration.training.memory = memory
    configuration.training.batchTokens = 3000
    return try TrainingState(configuration)
  }

  /// Bytes that the training of one batch really takes, besides slabs of the model's size.
  private func scratch(_ state: TrainingState, _ batchTokens: Int) throws -> Int {
    let epoch = state.task.epoch(0, batchTokens: batchTokens)
    let gradients = Parameters(layout: state.task.layout)
    return try (0..<epoch.count).reduce(0) { most, index in
      let workspace = Workspace(kernels: Kernels(threads: 2))
      _ = try epoch.batch(at: index).train(
        scale: 1, labelSmoothing: 0,
        Pass(
          weights: state.weights, workspace: workspace, noise: Noise(seed: 1, update: 0)),
        gradients: gradients)
      return max(most, 4 * workspace.highWater)
    }
  }

  /// With everything that a step hands on to the next, too.
  @Test(arguments: [false, true]) func `makes batches as small as it has to, and no smaller`(
    handsOn: Bool
  ) throws {
    let fixture = try RunFixture(pairs: 2000)
    fixture.configuration.model.attention.coverage = handsOn
    fixture.configuration.model.recurrentDecoder.feeding = handsOn ? .attentional : .context
    fixture.configuration.model.recurrentDecoder.hidden = 40
    let free = try state(memory: nil, fixture)
    #expect(free.batchTokens == 3000)
    #expect(try state(memory: 4000, fixture).batchTokens == 3000)
    let bound = try state(memory: 3, fixture)
    #expect((20..<2900).contains(bound.batchTokens), "\(bound.batchTokens)")
    let fixed = 4 * 4 * bound.task.layout.count
    let needed = try fixed + scratch(bound, bound.batchTokens)
    #expect(needed <= 3_000_000 && needed > 1_500_000, "\(needed)")
    // Not a batch that is twice as large.
    #expect(try fixed + scratch(bound, 2 * bound.batchTokens) > 3_000_000)
    // The same again, whatever computes.
    #expect(try state(memory: 3, fixture).batchTokens == bound.batchTokens)
  }

  /// A gradient for each level of the tree in which those of pieces are added, and every piece's batch is no larger.
  @Test func `counts the gradients of pieces`() throws {
    let fixture = try RunFixture(pairs: 2000)
    fixture.configuration.model.recurrentDecoder.hidden = 40
    let whole = try state(memory: 3, fixture)
    fixture.configuration.training.pieces = 4
    let cut = try state(memory: 3, fixture)
    #expect(cut.batchTokens < whole.batchTokens)
    let fixed = 4 * (4 + 2) * cut.task.layout.count
    #expect(try fixed + scratch(cut, cut.batchTokens) <= 3_000_000)
    #expect(try fixed + scratch(cut, 2 * cut.batchTokens) > 3_000_000)
  }

  @Test func `is refused if the longest pair alone does not fit`() throws {
    let fixture = try RunFixture(pairs: 48, lengths: 2...60)
    fixture.configuration.model.recurrentDecoder.hidden = 200
    let error = #expect(throws: TrainingError.self) { try state(memory: 1, fixture) }
    guard case .outOfMemory(1_000_000, let needed) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(needed > 1_000_000)
    #expect(
      TrainingError.outOfMemory(limit: 1_000_000, needed: 2_345_678).description
        == "training.memory is 1 MB, but the model with its longest sentence pair takes 3 MB. Allow "
        + "more, or make the model, data.maximumLength or the vocabulary smaller.")
  }

  @Test func `is part of a run that can be resumed`() throws {
    let fixture = try RunFixture()
    fixture.configuration.training.batchTokens = nil
    fixture.configuration.training.memory = 1
    fixture.configuration.training.epochs = 2
    let whole = try fixture.train(in: fixture.folder("whole"), threads: 2)
    let folder = fixture.folder("parts")
    try fixture.train(in: folder, stopAfter: 3)
    let resumed = try fixture.train(in: folder, resume: true)
    #expect(resumed.last == whole.last)
  }
}
