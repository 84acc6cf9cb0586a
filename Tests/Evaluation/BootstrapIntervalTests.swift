import DragomanTestSupport
import Testing

@testable import DragomanEvaluation

@Suite struct `The bootstrap interval` {
  private let references = (0..<100).map { ["the \($0) little cats sat on the \($0 * 7) mats"] }

  @Test func `surrounds the figure and narrows with the number of segments`() throws {
    func interval(_ count: Int, seed: UInt64 = 6) throws -> BootstrapInterval {
      let segments = (0..<count).map { references[$0 % references.count] }
      let hypotheses = segments.enumerated().map { $0 % 3 == 0 ? "some dogs stood by" : $1[0] }
      let rows = BLEU().statistics(of: hypotheses, references: References(segments))
      var random = SplitMix(seed: seed)
      let found = try #require(BootstrapInterval(rows, metric: BLEU(), using: &random))
      let score = BLEU().score(rows, References(segments)).score
      #expect(found.lower < score && score < found.upper)
      return found
    }
    let (few, many) = (try interval(30), try interval(1000))
    #expect(few.upper - few.lower > 3 * (many.upper - many.lower))
    #expect(try interval(30) == few && interval(30, seed: 7) != few)
  }

  @Test func `of a share is that of the binomial distribution`() throws {
    // 60 of 100 segments: a normal approximation gives 60 ± 9.6.
    let rows = (0..<100).map { [1, $0 < 60 ? 1.0 : 0] }
    var random = SplitMix(seed: 1)
    let found = try #require(BootstrapInterval(rows, metric: ExactMatch(), using: &random))
    #expect(abs(found.lower - 50.4) < 2 && abs(found.upper - 69.6) < 2)
    #expect(BootstrapInterval(lower: 50, upper: 69.555).description == "50.00–69.56")
  }

  @Test func `is none of a single segment`() {
    var random = SplitMix(seed: 1)
    #expect(BootstrapInterval([[1, 1]], metric: ExactMatch(), using: &random) == nil)
    #expect(BootstrapInterval([], metric: ExactMatch(), using: &random) == nil)
  }
}

@Suite struct `Several references` {
  @Test func `of a source are all of its translations`() {
    let pairs = [
      ("thanks", "merci"), ("caf\u{E9}", "a"), ("Thanks", "Merci"), ("thanks", "je vous remercie"),
      ("cafe\u{301}", "b"), ("thanks", "merci"),
    ]
    let found = ReferencedSources(sources: pairs.map(\.0), targets: pairs.map(\.1))
    #expect(found.sources == ["thanks", "caf\u{E9}", "Thanks"] && found.places == [0, 1, 2])
    #expect(
      found.references.segments == [["merci", "je vous remercie"], ["a", "b"], ["Merci"]])
    #expect(found.severalCount == 2 && found.references.count == nil)
    let score = ExactMatch().score(
      hypotheses: ["je vous remercie", "c", "merci"], references: found.references)
    #expect(score.description == "exact|nrefs:var|case:mixed|version:dragoman-1 = 33.33 (1 of 3)")
  }

  @Test func `of as many for each segment are sets`() {
    let sets = References(sets: [["a", "b"], ["c", "d"]])
    #expect(sets.segments == [["a", "c"], ["b", "d"]] && sets.signature == "2")
    #expect(References(sets.segments) == sets && References([]).signature == "1")
  }
}
