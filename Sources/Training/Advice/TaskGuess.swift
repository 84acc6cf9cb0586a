import DragomanFormats
import DragomanText

/// What a corpus is for, guessed by the lengths of its lines.
struct TaskGuess {
  /// The task.
  let task: TaskPreset
  /// Why, to follow the task.
  let reason: String

  /// Guesses the task of a corpus.
  init(_ profile: CorpusProfile) {
    let source = Self.words(profile.source, profile.sourceScript, profile.pairs)
    let target = Self.words(profile.target, profile.targetScript, profile.pairs)
    let hasSpaces = profile.sourceScript.hasSpaces && profile.targetScript.hasSpaces
    reason =
      "since lines have \(NumberText.fixed(source, decimals: 1)) and "
      + "\(NumberText.fixed(target, decimals: 1)) words on average"
      + (hasSpaces ? "" : ", estimated by their characters where no spaces are written")
    func isShort(_ side: CorpusPart.Side, _ most: Double) -> Bool {
      Self.mean(side.characters, profile.pairs) <= most
    }
    // Dates and numbers in words, of which a date or a number is made: pieces would learn whole numbers by heart.
    if target <= 1.5, isShort(profile.target, 25), isShort(profile.source, 60) {
      task = .transliteration
    } else if source > 1.5 || !isShort(profile.source, 25) {
      task = .translation
    } else if Self.hasPhones(profile) {
      task = .g2p
    } else {
      task = target <= 2 ? .transliteration : .translation
    }
  }

  /// Whether targets look like phones, which are short and many: "K AE1 T".
  static func hasPhones(_ profile: CorpusProfile) -> Bool {
    mean(profile.target.words, profile.pairs) >= 3
      && mean(profile.target.characters, profile.target.words) <= 4
  }

  /// The words of all targets, estimated by their characters where no spaces are written.
  static func targetWords(_ profile: CorpusProfile) -> Int {
    Int(words(profile.target, profile.targetScript, profile.pairs) * Double(profile.pairs))
  }

  /// The words of a line on average.
  private static func words(_ side: CorpusPart.Side, _ script: Script, _ pairs: Int) -> Double {
    let spaced = mean(side.words, pairs)
    return script.charactersPerWord.map { max(spaced, mean(side.characters, $0 * pairs)) } ?? spaced
  }

  private static func mean(_ sum: Int, _ count: Int) -> Double {
    Double(sum) / Double(max(count, 1))
  }
}
