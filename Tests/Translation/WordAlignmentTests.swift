import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanTranslation

@Suite struct `A word alignment` {
  /// Pieces un|able cats </s> on one side, t0 t1|t2 </s> on the other.
  private let alignment = WordAlignment(
    weights: [
      [0.1, 0.1, 0.7, 0.1], [0.4, 0.3, 0.2, 0.1], [0.1, 0.1, 0.6, 0.2], [0, 0, 0, 1],
    ], source: [0, 0, 1, nil], target: [0, 1, 1, nil])

  @Test
  func `sums over the tokens of a source word, and takes the mean over those of a target word`() {
    let expected = [[0.2, 0.7], [0.45, 0.4]]
    #expect(alignment.weights.count == 2)
    for (row, expected) in zip(alignment.weights, expected) {
      for (weight, expected) in zip(row, expected) { #expect(abs(weight - expected) < 1e-6) }
    }
  }

  @Test func `links each target word to the greatest weight`() {
    #expect(alignment.pharaoh == "1-0 0-1")
    let ties = WordAlignment(weights: [[0.5, 0.5]], source: [0, 1], target: [0])
    #expect(ties.pharaoh == "0-0")
  }

  @Test func `leaves out the end, and words that looked at nothing else`() {
    let mostly = WordAlignment(weights: [[0.1, 0.9]], source: [0, nil], target: [0])
    #expect(mostly.pharaoh == "0-0")
    let wholly = WordAlignment(
      weights: [[0, 1], [0.2, 0.8]], source: [0, nil], target: [0, 1])
    #expect(wholly.pharaoh == "0-1")
    let astray = WordAlignment(weights: [[.nan, 1]], source: [0, nil], target: [0])
    #expect(astray.links.isEmpty)
  }

  @Test func `is empty without words or attention`() {
    #expect(WordAlignment(weights: [], source: [], target: []).pharaoh == "")
    let translator = `A translator`.translator()
    #expect(
      WordAlignment(translator.translate("", TranslationOptions(withAttention: true))).links.isEmpty
    )
    #expect(WordAlignment(translator.translate("a b")).links.isEmpty)
  }

  @Test func `counts the words of both lines`() {
    let translator = `A translator`.translator()
    for line in `A translator`.lines {
      let translation = translator.translate(line, TranslationOptions(withAttention: true))
      let alignment = WordAlignment(translation)
      #expect(alignment.weights.count == translation.text.split(separator: " ").count)
      let words = line.split(separator: " ").count
      #expect(alignment.weights.allSatisfy { $0.count == words })
      #expect(alignment.links.count == alignment.weights.count)
    }
  }
}
