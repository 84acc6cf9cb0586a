import DragomanFormats
import DragomanReporting
import DragomanTranslation

/// How translations appear on standard output.
struct TranslationPrinter {
  /// How weights are drawn below a translation, if they are wanted.
  var picture: AttentionPicture?
  /// How an alignment takes the place of a translation, if it is wanted.
  let alignment: AlignmentFormat?
  /// Whether a translation is a JSON object.
  let asJSON: Bool

  /// Whether each line gives several, which then tell the line, their rank and their score.
  var isNumbered: Bool

  /// How words are marked that the model is not sure of, if they are.
  var marks: ConfidenceMarks?

  /// Whether weights appear.
  var withAttention: Bool { picture != nil || alignment != nil }

  /// Whether weights, or the words that tokens belong to, are wanted of a translation.
  var needsAttention: Bool { withAttention || marks != nil }

  /// Whether numbers are wanted that say how probable a translation is.
  var withProbabilities: Bool { asJSON || isNumbered || marks != nil }

  /// What stands before the first translation.
  var head: String { alignment?.head ?? "" }

  /// A translation, its end of line included.
  func text(_ translation: Translation, line: Int, rank: Int) -> String {
    if let alignment { return alignment.text(translation, line: line) }
    if asJSON { return json(translation, line, rank).rounded.serialized() + "\n" }
    let text = marks?.marked(translation).text ?? translation.text
    var lines = [
      isNumbered
        ? "\(line)\t\(NumberText.fixed(translation.score, decimals: 4))\t\(text)" : text
    ]
    if let picture { lines += picture.lines(translation).map { "  " + $0 } + [""] }
    return lines.map { $0 + "\n" }.joined()
  }

  private func json(_ translation: Translation, _ line: Int, _ rank: Int) -> JSON {
    [
      "line": isNumbered ? .int(line) : nil,
      "rank": isNumbered ? .int(rank) : nil,
      "source": .string(translation.source),
      "translation": .string(translation.text),
      "logProbability": .double(translation.logProbability),
      "score": .double(translation.score),
      "isCutOff": .bool(translation.isCutOff),
      "sourceTokens": .strings(translation.sourceTokens),
      "targetTokens": .strings(translation.targetTokens),
      "logProbabilities": .floats(translation.logProbabilities),
      "confidences": .array(translation.confidences.map { .double($0) }),
      "attention": withAttention ? .weights(translation.attention) : nil,
    ]
  }
}

extension JSON {
  /// A row of numbers per row of weights.
  static func weights(_ rows: [[Float]]) -> JSON {
    .array(rows.map { .floats($0) })
  }
}
