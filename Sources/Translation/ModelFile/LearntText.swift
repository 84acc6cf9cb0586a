package import DragomanFormats
package import DragomanText

/// What is kept of the text that a model learnt from: enough to tell what it has never met.
///
///     {"longestSource": 15, "unknownTargets": 0, "words": ["…"]}
///
/// Files of earlier versions have none.
package struct LearntText: Sendable, Equatable {
  /// Tokens of the longest source, the end not counted.
  package let longestSource: Int
  /// Tokens of the targets that the vocabulary lacks.
  package let unknownTargets: Int
  /// The words of the sources, of each corpus that was learnt from, if sources are cut into pieces; otherwise none.
  package let words: [WordFilter]

  /// What is known of a text.
  package init(longestSource: Int, unknownTargets: Int, words: [WordFilter]) {
    (self.longestSource, self.unknownTargets) = (longestSource, unknownTargets)
    self.words = words
  }

  /// What was learnt from before and now; nothing if what was before is not known.
  package func adding(to earlier: LearntText?) -> LearntText? {
    earlier.map { earlier in
      LearntText(
        longestSource: max(longestSource, earlier.longestSource),
        unknownTargets: unknownTargets + earlier.unknownTargets,
        words: earlier.words + words.filter { !earlier.words.contains($0) })
    }
  }
}

extension LearntText {
  /// What a model file states.
  package var json: JSON {
    [
      "longestSource": .int(longestSource), "unknownTargets": .int(unknownTargets),
      "words": .strings(words.map(\.text)),
    ]
  }

  /// What a model file states, if it is whole.
  package init?(_ json: JSON) {
    guard let longestSource = json["longestSource"]?.int, longestSource >= 0,
      let unknownTargets = json["unknownTargets"]?.int, unknownTargets >= 0,
      let texts = json["words"]?.array
    else { return nil }
    let words = texts.compactMap { $0.string.flatMap(WordFilter.init) }
    guard words.count == texts.count else { return nil }
    self.init(longestSource: longestSource, unknownTargets: unknownTargets, words: words)
  }
}

extension SafetensorsReader {
  /// What the file states of the text that its model learnt from.
  func learntText() throws -> LearntText? {
    guard metadata[ModelFileKey.learnt] != nil else { return nil }
    guard let learnt = LearntText(try json(ModelFileKey.learnt)) else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.learnt,
        expected: "longestSource, unknownTargets and words in base 64", found: "something else")
    }
    return learnt
  }
}
