import DragomanFormats
import DragomanSystem
import DragomanTensor
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// Keeps what a run tells of numbers that are not finite, and can spoil it at an update.
private final class Saboteur: TrainingObserver {
  var found: [(divergence: Divergence, policy: DivergencePolicy)] = []
  var updates: [Int] = []
  var spoil: (Int) -> Void = { _ in }
  var fallen: () -> Void = {}
  func began(_ summary: TrainingSummary) {}
  func updated(_ progress: TrainingProgress) {
    updates.append(progress.position.update)
    spoil(progress.position.update)
  }
  func validated(_ report: ValidationReport, _ progress: TrainingProgress) {}
  func diverged(_ divergence: Divergence, _ policy: DivergencePolicy) {
    found.append((divergence, policy))
    fallen()
  }
  func saved(_ path: String) {}
  func ended(_ outcome: TrainingOutcome, _ progress: TrainingProgress) {}
}

@Suite struct `A number that is not finite` {
  private func fixture(_ policy: DivergencePolicy) throws -> RunFixture {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.onDivergence = policy
    fixture.configuration.training.epochs = 4
    fixture.configuration.training.patience = nil
    return fixture
  }

  @Test func `in one batch is passed over by skip, and the run ends as long`() throws {
    let fixture = try fixture(.skip)
    let observer = Saboteur()
    let folder = fixture.folder("run")
    let trainer = try Trainer(
      fixture.configuration, folder: folder, threads: 1, observers: [observer])
    let bias = try #require(trainer.state.weights[named: "output.bias"])
    // One update sees a weight that is none; it is put back when that was told.
    var kept: Float = 0
    observer.spoil = { update in
      guard update == 2, observer.found.isEmpty else { return }
      kept = bias[0, 0]
      bias[0, 0] = .nan
    }
    try trainer.run {
      if !observer.found.isEmpty, bias[0, 0].isNaN { bias[0, 0] = kept }
      return false
    }
    #expect(observer.found.map(\.divergence.update) == [3])
    #expect(observer.found[0].divergence.tensors == ["output.bias"])
    #expect(!observer.found[0].divergence.places.isEmpty)
    #expect(trainer.position.skipped == 1 && trainer.position.epoch == 4)
    // What was passed over is part of the state, and the state is plausible.
    let resumed = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(resumed.position == trainer.position)
  }

  @Test func `in every batch ends skip`() throws {
    let fixture = try fixture(.skip)
    fixture.configuration.training.epochs = 40
    let trainer = try Trainer(fixture.configuration, folder: fixture.folder("run"), threads: 1)
    try #require(trainer.state.weights[named: "output.bias"])[0, 0] = .nan
    let error = #expect(throws: TrainingError.self) { try trainer.run() }
    #expect(error?.description.contains(": 20 updates in a row were passed over. Begin") == true)
  }

  @Test func `sends reloadAndLower back to the best model, as often after a resume`() throws {
    let fixture = try fixture(.reloadAndLower)
    // The weights that it went back to, and the most that a weight moved in the update after that.
    var (reloaded, moves): ([Float], [Float]) = ([], [])
    func run(_ name: String, stopAfter: Int?) throws -> (Trainer, [UInt8], Saboteur) {
      let folder = fixture.folder(name)
      var trainer: Trainer
      var observer: Saboteur
      var resume = false
      while true {
        observer = Saboteur()
        trainer = try Trainer(
          fixture.configuration, folder: folder, resume: resume, threads: 1,
          observers: [observer])
        let bias = try #require(trainer.state.weights[named: "output.bias"])
        observer.fallen = { [unowned trainer] in reloaded = trainer.state.weights.slab.elements }
        observer.spoil = { [unowned trainer] update in
          if update == 7, trainer.position.lowered == 0 { bias[0, 0] = .infinity }
          if update == 8 {
            let weights = trainer.state.weights.slab.elements
            moves.append(zip(weights, reloaded).reduce(0) { max($0, abs($1.0 - $1.1)) })
          }
        }
        let begin = trainer.position.update
        let outcome = try trainer.run { [unowned trainer] in
          stopAfter.map { trainer.position.update - begin >= $0 && trainer.position.update != 7 }
            ?? false
        }
        if outcome != .stopped { break }
        resume = true
      }
      return (trainer, try Files.read(folder.last), observer)
    }
    let (whole, bytes, observer) = try run("whole", stopAfter: nil)
    #expect(observer.found.count == 1 && observer.found[0].policy == .reloadAndLower)
    #expect(whole.position.lowered == 1 && whole.position.restarted == 7)
    #expect(whole.learningRate == 0.0005)
    // Adam begins anew: its first step moves each weight by the learning rate (Kingma and Ba 2015, section 2.1).
    let move = try #require(moves.first)
    #expect(abs(move - 0.0005) < 5e-6)
    let (_, parts, _) = try run("parts", stopAfter: 2)
    #expect(parts == bytes)
  }

  @Test func `ends reloadAndLower where there is nothing to go back to`() throws {
    let fixture = try fixture(.reloadAndLower)
    let trainer = try Trainer(fixture.configuration, folder: fixture.folder("run"), threads: 1)
    try #require(trainer.state.weights[named: "output.bias"])[0, 0] = .nan
    let error = #expect(throws: TrainingError.self) { try trainer.run() }
    guard case .diverged(let divergence) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(divergence.lastGood == nil)
  }

  @Test func `is not a model to go back to, nor is one above the fence`() throws {
    let fixture = try fixture(.stop)
    let folder = fixture.folder("run")
    fixture.configuration.training.epochs = 1
    try fixture.train(in: folder)
    let trainer = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(trainer.lastGood?.path == folder.best)
    let loss = try #require(trainer.record.best).loss
    fixture.configuration.training.divergedAbove = loss
    let fenced = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(fenced.lastGood == nil)
    fixture.configuration.training.divergedAbove = loss + 0.1
    let open = try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1)
    #expect(open.lastGood?.loss == loss)
  }
}
