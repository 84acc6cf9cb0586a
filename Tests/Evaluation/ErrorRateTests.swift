import DragomanTestSupport
import Testing

@testable import DragomanEvaluation

@Suite struct `Error rates` {
  @Test func `of a line of any length take memory for a band alone`() {
    // A whole table would be forty gigabytes.
    var words = (0..<100_000).map { UInt32($0) }
    var distance = BeamEditDistance(to: words)
    words.remove(at: 50_000)
    words[7] = .max
    #expect(distance.distance(of: words) == 2)
    #expect(distance.operations().count { $0 != .keep } == 2)
  }

  private func line(
    _ unit: ErrorRate.Unit, _ pairs: [(String, String)], lowercase: Bool = false
  ) -> String {
    ErrorRate(unit, lowercase: lowercase)
      .score(hypotheses: pairs.map(\.0), references: [pairs.map(\.1)]).description
  }

  @Test func `add up edits and lengths over the corpus`() {
    let pairs = [("a b c", "a x c d"), ("", "e"), ("f g", "f g"), ("h", "")]
    #expect(
      line(.word, pairs)
        == "WER|nrefs:1|case:mixed|tok:none|version:dragoman-1 = 57.14 (edits = 4 words = 7)")
    #expect(
      line(.character, [("kitten", "sitting"), (" e\u{301} ", "é")])
        == "CER|nrefs:1|case:mixed|tok:char|version:dragoman-1 = 62.50 (edits = 5 characters = 8)")
  }

  @Test func `count white space between words and none at the ends`() {
    #expect(
      ErrorRate(.character).score(hypothesis: " a  b\u{3000}", references: ["a b"]) == 100.0 / 3)
    #expect(ErrorRate(.word).score(hypothesis: " a  b\u{A0}", references: ["a b"]) == 0)
  }

  @Test func `may ignore case`() {
    let pairs = [("ÄB C", "äb c")]
    #expect(line(.word, pairs).contains(" = 100.00 "))
    #expect(
      line(.word, pairs, lowercase: true)
        == "WER|nrefs:1|case:lc|tok:none|version:dragoman-1 = 0.00 (edits = 0 words = 2)")
  }

  @Test func `take the nearest reference, and the longest of those`() {
    let references = ["a b c d e f", "a b", "a b c x"]
    #expect(ErrorRate(.word).statistics(of: "a b c", references: references) == [1, 4])
  }

  @Test func `are 0 or 100 without any reference`() {
    #expect(ErrorRate(.word).score(hypothesis: " ", references: [""]) == 0)
    #expect(ErrorRate(.word).score(hypothesis: "a b", references: [" "]) == 100)
  }

  @Test func `exceed 100 where too much is written`() {
    #expect(ErrorRate(.word).score(hypothesis: "a b c d", references: ["x"]) == 400)
  }

  @Test func `are better when lower`() {
    #expect(
      MetricKind.allCases.filter { !$0.metric().isHigherBetter } == [
        .ter, .wordErrorRate, .characterErrorRate, .alignmentErrorRate,
      ])
  }
}

@Suite struct `The edit distance` {
  @Test func `is that of the whole table`() {
    var random = SplitMix(seed: 3)
    for _ in 0..<500 {
      func sequence() -> [UInt32] {
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
          UInt32.random(in: 0...3, using: &random)
        }
      }
      let (one, other) = (sequence(), sequence())
      #expect(editDistance(one, other) == reference(one[...], other[...]), "\(one) \(other)")
    }
  }

  /// The definition, without a table.
  private func reference(_ one: ArraySlice<UInt32>, _ other: ArraySlice<UInt32>) -> Int {
    guard let first = one.first, let second = other.first else { return one.count + other.count }
    if first == second { return reference(one.dropFirst(), other.dropFirst()) }
    return 1
      + min(
        reference(one.dropFirst(), other), reference(one, other.dropFirst()),
        reference(one.dropFirst(), other.dropFirst()))
  }
}
