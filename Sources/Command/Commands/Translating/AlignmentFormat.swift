import DragomanFormats
import DragomanTranslation

/// How `--alignment` writes which word came from which.
enum AlignmentFormat: String, CaseIterable {
  /// A line of pairs `source-target`.
  case pharaoh
  /// An object per line, with all weights.
  case json
  /// A row per weight.
  case tsv

  /// What stands before the first line.
  var head: String {
    switch self {
    case .pharaoh, .json: ""
    case .tsv: "line\ttarget\ttargetToken\tsource\tsourceToken\tweight\n"
    }
  }

  /// The alignment of a line, its end of line included.
  func text(_ translation: Translation, line: Int) -> String {
    switch self {
    case .pharaoh: WordAlignment(translation).pharaoh + "\n"
    case .json: json(translation, line).rounded.serialized() + "\n"
    case .tsv: rows(translation, line)
    }
  }

  private func json(_ translation: Translation, _ line: Int) -> JSON {
    func words(_ words: [Int?]) -> JSON { .array(words.map { $0.map { .int($0) } ?? .null }) }
    let links = WordAlignment(translation).links
    return [
      "line": .int(line), "source": .string(translation.source),
      "translation": .string(translation.text), "sourceTokens": .strings(translation.sourceTokens),
      "targetTokens": .strings(translation.targetTokens),
      "sourceWords": words(translation.sourceWords), "targetWords": words(translation.targetWords),
      "attention": .weights(translation.attention),
      "alignment": .array(links.map { .array([.int($0.source), .int($0.target)]) }),
    ]
  }

  private func rows(_ translation: Translation, _ line: Int) -> String {
    var text = ""
    for (target, row) in translation.attention.enumerated() {
      for (source, weight) in row.enumerated() {
        text +=
          "\(line)\t\(target)\t\(translation.targetTokens[target])\t\(source)\t"
          + "\(translation.sourceTokens[source])\t\(weight)\n"
      }
    }
    return text
  }
}
