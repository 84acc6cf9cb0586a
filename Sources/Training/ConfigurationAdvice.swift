import DragomanFormats
public import DragomanText

/// A configuration for a corpus that nobody has tried anything on yet, and the reasons for it.
public struct ConfigurationAdvice: Sendable {
  /// The task that the settings are for.
  public let task: TaskPreset
  /// What was chosen, and why, in sentences.
  public private(set) var reasons: [String] = []
  private let tokenizer: JSON
  private let model: JSON
  private let training: JSON
  private let maximumLength: Int

  /// Chooses settings.
  ///
  /// - Parameters:
  ///   - profile: what the corpus is like.
  ///   - task: what it is for; found out by the lengths of the lines if it is `nil`.
  public init(_ profile: CorpusProfile, task: TaskPreset? = nil) {
    let found = Self.task(profile)
    self.task = task ?? found.task
    reasons.append(
      "task: \(self.task.rawValue), " + (task == nil ? found.reason : "as asked for"))
    let size = Size(pairs: profile.pairs)
    if self.task == .translation {
      let vocabulary = size.pick(1000, 4000, 8000, 16_000)
      let isShared = profile.sourceScript == profile.targetScript && profile.overlap > 0.3
      tokenizer = .object([
        ("kind", .string("bpe")), ("vocabulary", .int(vocabulary)), ("shared", .bool(isShared)),
      ])
      let percent = NumberText.fixed(100 * profile.overlap, decimals: 0)
      reasons.append(
        "tokenizer: bpe with \(NumberText.grouped(vocabulary)) pieces, since there are "
          + "\(NumberText.grouped(profile.pairs)) pairs to learn them from; "
          + (isShared ? "one vocabulary" : "a vocabulary for each side")
          + ", since \(percent) % of the target words also stand in sources"
          + " (\(profile.sourceScript.rawValue) and \(profile.targetScript.rawValue) script)")
      maximumLength = 100
    } else {
      tokenizer = .object([("kind", .string("character"))])
      let longest = max(profile.source.mostCharacters, profile.target.mostCharacters)
      maximumLength = min(max((longest / 10 + 1) * 10, 50), 300)
      reasons.append("tokenizer: character, since lines are single words or nearly so")
    }
    reasons.append(
      "data.maximumLength: \(maximumLength); the longest lines have \(profile.source.mostWords) and "
        + "\(profile.target.mostWords) words, \(profile.source.mostCharacters) and "
        + "\(profile.target.mostCharacters) characters")
    let width =
      self.task == .translation ? size.pick(128, 256, 256, 256) : size.pick(64, 96, 128, 128)
    let decoder = self.task == .translation ? size.pick(128, 256, 256, 512) : 2 * width
    let dropout = size.pick(0.4, 0.3, 0.2, 0.1)
    model = .object([
      ("embedding", .int(width)), ("encoder", .object([("hidden", .int(width))])),
      ("decoder", .object([("hidden", .int(decoder))])),
      ("attention", .object([("size", .int(width))])), ("dropout", .double(dropout)),
    ])
    reasons.append(
      "model: \(width) units in the encoder, \(decoder) in the decoder, dropout \(dropout): "
        + "the fewer pairs, the smaller the model and the more dropout")
    let epochs = size.pick(60, 30, 15, 6)
    training = .object([("epochs", .int(epochs)), ("patience", .int(5))])
    reasons.append("training: at most \(epochs) epochs, and an end after 5 without improvement")
  }

  /// The configuration as a file that states what was chosen and leaves the rest to the defaults.
  public func text(name: String, data: DataConfiguration) -> String {
    var data = data
    data.maximumLength = maximumLength
    let corpora = data.json
    let keys = ["train", "validation", "test", "languages", "maximumLength"]
    let stated = keys.compactMap { key in
      corpora[key].flatMap { value in
        value.array?.isEmpty == true || value.members?.allSatisfy(\.value.isNull) == true
          ? nil : (key, value)
      }
    }
    return JSON.object([
      ("name", .string(name)), ("data", .object(stated)), ("tokenizer", tokenizer),
      ("model", model), ("training", training),
    ]).serialized(pretty: true) + "\n"
  }

  /// Guesses the task by the lengths of the lines.
  private static func task(_ profile: CorpusProfile) -> (task: TaskPreset, reason: String) {
    func mean(_ sum: Int, _ count: Int) -> Double { Double(sum) / Double(max(count, 1)) }
    let sourceWords = mean(profile.source.words, profile.pairs)
    let targetWords = mean(profile.target.words, profile.pairs)
    let words =
      "since lines have \(NumberText.fixed(sourceWords, decimals: 1)) and "
      + "\(NumberText.fixed(targetWords, decimals: 1)) words on average"
    let isShort = mean(profile.source.characters, profile.pairs) <= 25
    guard sourceWords <= 1.5, isShort else { return (.translation, words) }
    // Phones are short and many: "K AE1 T".
    if targetWords >= 3, mean(profile.target.characters, profile.target.words) <= 4 {
      return (.g2p, words)
    }
    return targetWords <= 2 ? (.transliteration, words) : (.translation, words)
  }

  /// How much there is to learn from.
  private struct Size {
    let pairs: Int

    /// One of four values: below 5,000 pairs, below 50,000, below 500,000, and above.
    func pick<Value>(_ tiny: Value, _ small: Value, _ middle: Value, _ large: Value) -> Value {
      pairs < 5000 ? tiny : pairs < 50_000 ? small : pairs < 500_000 ? middle : large
    }
  }
}
