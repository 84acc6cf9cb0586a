import DragomanTestSupport
import Testing

@testable import DragomanEvaluation

@Suite struct `The paired bootstrap` {
  @Test(arguments: ["bleu", "chrf", "ter"]) func `gives sacreBLEU's figures for the same draws`(
    name: String
  ) throws {
    let golden = try Golden.shared.get().bootstrap
    let expected = try #require(golden.tests[name])
    let metric = try #require(Golden.metrics.first { $0.name == name }?.metric)
    func compare(_ metric: some Metric) -> PairedBootstrap {
      let references = References(sets: golden.references)
      return PairedBootstrap(
        metric.statistics(of: golden.system, references: references),
        baseline: metric.statistics(of: golden.baseline, references: references), metric: metric,
        samples: golden.samples.count
      ) { golden.samples[$0] }
    }
    let found = compare(metric)
    #expect(abs(found.pValue - expected.p) < 1e-12)
    #expect(abs(found.mean - expected.mean) < 1e-9)
    #expect(abs(found.interval - expected.interval) < 1e-9)
  }

  @Test func `finds no difference between equals and one between unequals`() {
    let references = (0..<60).map { "the \($0) little cats sat on the \($0 * 7) mats" }
    let worse = references.enumerated().map { $0 % 3 == 0 ? $1 : "some dogs stood by" }
    var random = SplitMix(seed: 6)
    let same = PairedBootstrap(
      worse, baseline: worse, references: [references], metric: BLEU(), samples: 50, using: &random)
    // No draw differs by more than the difference found, which is none: sacreBLEU says so too.
    #expect(same.pValue == 1.0 / 51)
    let better = PairedBootstrap(
      references, baseline: worse, references: [references], metric: BLEU(), samples: 200,
      using: &random)
    #expect(decimal(better.system, 2) == "100.00")
    #expect(better.pValue < 0.05)
  }
}
