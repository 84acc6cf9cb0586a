import DragomanFormats
import DragomanTranslation

/// Marks the words of a translation that the model is not sure of.
struct ConfidenceMarks {
  /// Words below this probability are marked.
  let threshold: Double
  /// Whether they are dim, or else followed by a sign.
  let hasColour: Bool

  /// The option that sets the threshold.
  static let option = OptionDefinition.option(
    "mark-below", "P", default: "0.3 at a terminal, 0 elsewhere",
    "Mark words of which the model is less sure than P: dim, or with (?) where there is no colour. 0 marks none."
  )

  /// The marks that a command line asks for; `nil` for none.
  init?(_ arguments: ParsedArguments, _ console: Console) throws(UsageError) {
    var threshold = console.isScreen ? 0.3 : 0
    if let text = arguments.text(Self.option) {
      guard let value = Double(text), (0...1).contains(value) else {
        throw .invalidValue(
          Self.option, found: text, expected: "a probability from 0 to 1",
          command: arguments.command)
      }
      threshold = value
    }
    guard threshold > 0 else { return nil }
    (self.threshold, hasColour) = (threshold, console.hasColour)
  }

  /// What the marks mean.
  var legend: String {
    let tenths = (1000 * threshold).rounded()
    let decimals = tenths.truncatingRemainder(dividingBy: 10) == 0 ? 0 : 1
    let percent = NumberText.fixed(tenths / 10, decimals: decimals)
    return
      "\(hasColour ? "dim" : "(?)"): the model is less than \(percent) % sure of the word (--mark-below)"
  }

  /// The text of a translation with attention and probabilities, and whether a word is marked.
  ///
  /// A word is as sure as the least sure of its tokens.
  func marked(_ translation: Translation) -> (text: String, isMarked: Bool) {
    var words = translation.text.split(separator: " ", omittingEmptySubsequences: false)
      .map(String.init)
    var doubtful: Set<Int> = []
    for (word, confidence) in zip(translation.targetWords, translation.confidences)
    where confidence < threshold {
      if let word, words.indices.contains(word) { doubtful.insert(word) }
    }
    for word in doubtful {
      words[word] = hasColour ? "\u{1B}[2m\(words[word])\u{1B}[22m" : "\(words[word])(?)"
    }
    return (words.joined(separator: " "), !doubtful.isEmpty)
  }
}
