import DragomanPages
import DragomanText
import DragomanTranslation

/// Where each word of a translation looked, of a model whose tokens are pieces or letters of words.
struct WordMap {
  private let rows: [String]
  private let columns: [String]
  private let weights: [[Double]]

  /// The map; `nil` if tokens are words, or if a side has none.
  init?(_ translation: Translation) {
    guard
      Self.arePieces(translation.sourceTokens, of: translation.source)
        || Self.arePieces(translation.targetTokens, of: translation.text)
    else { return nil }
    weights = WordAlignment(translation).weights
    rows = Self.words(translation.text)
    columns = Self.words(translation.source)
    guard !rows.isEmpty, !columns.isEmpty, weights.count == rows.count,
      weights.allSatisfy({ $0.count == columns.count })
    else { return nil }
  }

  /// Cells.
  var count: Int { rows.count * columns.count }

  /// The map, and what its numbers are.
  var html: HTML {
    .group([
      Heatmap(
        "words of the translation ← words of the source", rows: rows, columns: columns,
        weights: weights.map { $0.map { Float($0) } }, room: SentenceView.room
      ).html,
      HTML(
        .p, [.class("note")],
        .text(
          "The weights of a source word's pieces are added; those of a written word's pieces are averaged. What is "
            + "missing to 100 % went to the end of the sentence.")),
    ])
  }

  /// Whether tokens are pieces, or single characters of longer words; signs that stand together are no word.
  ///
  /// Pieces need not have a word's first one among them: where a vocabulary is small, ▁ stands by itself.
  private static func arePieces(_ tokens: [String], of text: String) -> Bool {
    let written = tokens.dropLast()
    let areSpelt =
      written.contains(where: TokenLabels.isSpace) || written.allSatisfy { $0.count == 1 }
    return written.contains(where: TokenLabels.isMarked)
      || areSpelt && written.count(where: TokenLabels.isOfWord) > words(text).count
  }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map { Tokenizer.printable(String($0)) }
  }
}
