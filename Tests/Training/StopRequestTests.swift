import DragomanSystem
import DragomanTestSupport
import DragomanTranslation
import Testing

@testable import DragomanTraining

/// A stop is heard in the middle of a validation and of an update, and costs nothing that was learnt.
@Suite struct `A request to stop` {
  /// Counts how often it was asked, and says yes once at a number.
  private final class Asker {
    var asked = 0
    let at: Int
    init(_ at: Int) { self.at = at }
    func callAsFunction() -> Bool {
      asked += 1
      return asked == at
    }
  }

  private func fixture() throws -> RunFixture {
    let fixture = try RunFixture(pairs: 48)
    fixture.configuration.training.epochs = 2
    fixture.configuration.training.accumulate = 2
    fixture.configuration.training.metrics = [.bleu, .loss]
    fixture.configuration.training.validateEvery = .updates(2)
    return fixture
  }

  @Test func `is heard everywhere, and a resumed run ends with the same bytes`() throws {
    let fixture = try fixture()
    let whole = fixture.folder("whole")
    let counter = Asker(-1)
    try Trainer(fixture.configuration, folder: whole, threads: 1).run { counter() }
    let best = try Files.read(whole.best)
    let last = try Files.read(whole.last)
    #expect(counter.asked > 60)
    // At places all over the run: between updates, between batches of one, between steps of a translation.
    for place in Swift.stride(from: 2, through: counter.asked, by: max(counter.asked / 24, 1)) {
      let folder = fixture.folder("stopped-\(place)")
      let asker = Asker(place)
      let outcome = try Trainer(fixture.configuration, folder: folder, threads: 1).run { asker() }
      #expect(outcome == .stopped && asker.asked == place, "\(place)")
      try Trainer(fixture.configuration, folder: folder, resume: true, threads: 1).run()
      #expect(try Files.read(folder.best) == best, "\(place)")
      #expect(try Files.read(folder.last) == last, "\(place)")
    }
  }
}
