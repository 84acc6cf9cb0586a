import Testing

@testable import DragomanEvaluation

@Suite struct `The error rate of alignments` {
  private let metric = AlignmentErrorRate()

  @Test func `is that of Och and Ney`() {
    // |A| = 3, |S| = 2, |A ∩ S| = 1, |A ∩ P| = 2.
    let found = metric.score(hypotheses: ["0-0 1-2 3-1"], references: [["0-0 1-1 1p2"]])
    #expect(abs(found.score - 40) < 1e-12)
    #expect(found.description.hasPrefix("AER|nrefs:1|version:dragoman-1 = 40.00 ("))
    #expect(found.details == "(precision = 66.7 recall = 50.0 links = 3 sure = 2)")
  }

  @Test func `is 0 of what leaves nothing to be wished for`() {
    #expect(metric.score(hypothesis: "1-0 2-1", references: ["1-0 2p1 0?1"]) == 0)
    #expect(metric.score(hypothesis: "", references: [""]) == 0)
    #expect(metric.score(hypothesis: "", references: ["0p0"]) == 0)
  }

  @Test func `is 100 where nothing is right`() {
    #expect(metric.score(hypothesis: "0-0", references: ["1-1 2p2"]) == 100)
    #expect(metric.score(hypothesis: "", references: ["1-1"]) == 100)
    #expect(metric.score(hypothesis: "0-0", references: [""]) == 100)
  }

  @Test func `takes the nearest of several references, and links of either kind that were found`() {
    #expect(metric.score(hypothesis: "0p0 1-1", references: ["5-5", "0-0 1-1"]) == 0)
  }

  @Test func `counts over all lines`() {
    let found = metric.score(
      hypotheses: ["0-0", "0-0 1-1"], references: [["0-0", "0-1 1-0"]])
    #expect(abs(found.score - 100 * (1 - 2.0 / 6)) < 1e-12)
  }

  @Test func `reads lines of links and nothing else`() throws {
    let links = try #require(WordLinks(" 0-0  12p3\t4?5 0-0 "))
    #expect(links.sure.count == 1 && links.possible.count == 3)
    #expect(WordLinks("") != nil)
    for line in [
      "0", "-", "0-", "-0", "a-b", "0-0-0", "0--1", "+1-1", "0-99999999999999999999", "٣-0",
    ] {
      #expect(WordLinks(line) == nil, "\(line)")
    }
  }
}
