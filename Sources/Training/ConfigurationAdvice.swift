import DragomanFormats
public import DragomanText

/// A configuration for a corpus that nobody has tried anything on yet, and the reasons for it.
public struct ConfigurationAdvice: Sendable {
  /// The task that the settings are for.
  public let task: TaskPreset
  /// What was chosen, and why, in sentences.
  public private(set) var reasons: [String] = []
  /// The keys that were chosen, as an object of a configuration.
  let settings: JSON

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
    var chosen: [(String, JSON)] = []
    switch self.task {
    case .translation:
      chosen.append(("data", .object([("maximumLength", .int(100))])))
      chosen += Self.translation(profile, size, &reasons)
    case .transliteration, .g2p:
      let longest = max(profile.source.mostCharacters, profile.target.mostCharacters)
      let maximumLength = min(max((longest / 10 + 1) * 10, 50), 300)
      chosen.append(("data", .object([("maximumLength", .int(maximumLength))])))
      reasons.append(
        "data.maximumLength: \(maximumLength); the longest lines have "
          + "\(profile.source.mostCharacters) and \(profile.target.mostCharacters) characters")
      chosen += Self.words(profile, self.task, size, &reasons)
    }
    settings = JSON.object(chosen).advised
  }

  /// Pieces of words, and a decoder whose output layer is small and tied to the word vectors.
  private static func translation(
    _ profile: CorpusProfile, _ size: Size, _ reasons: inout [String]
  ) -> [(String, JSON)] {
    let vocabulary = size.pick(2000, 6000, 10_000, 16_000)
    let isShared = profile.sourceScript == profile.targetScript && profile.overlap > 0.3
    let percent = NumberText.fixed(100 * profile.overlap, decimals: 0)
    reasons.append(
      "tokenizer: bpe with \(NumberText.grouped(vocabulary)) pieces, since there are "
        + "\(NumberText.grouped(profile.pairs)) pairs to learn them from; "
        + (isShared ? "one vocabulary" : "a vocabulary for each side")
        + ", since \(percent) % of the target words also stand in sources"
        + " (\(profile.sourceScript.rawValue) and \(profile.targetScript.rawValue) script)")
    let hidden = size.pick(256, 256, 256, 512)
    let embedding = size.pick(128, 128, 256, 256)
    let dropout = size.pick(0.5, 0.4, 0.2, 0.1)
    reasons.append(
      "model: word vectors of \(embedding), \(hidden) units, a tied output layer, dropout \(dropout): "
        + "the fewer pairs, the smaller the model and the more dropout")
    let epochs = size.pick(80, 30, 15, 6)
    reasons.append(
      "training: \(epochs) epochs along a cosine, labels smoothed, the average of the weights kept")
    return [
      (
        "tokenizer",
        .object([
          ("kind", .string("bpe")), ("vocabulary", .int(vocabulary)), ("shared", .bool(isShared)),
          ("dropout", .double(size.pick(0.1, 0.1, 0.1, 0.05))),
        ])
      ),
      (
        "model",
        .object([
          ("embedding", .int(embedding)), ("encoder", .object([("hidden", .int(hidden))])),
          (
            "decoder",
            .object([
              ("hidden", .int(hidden)), ("output", .object([("kind", .string("deep"))])),
            ])
          ), ("attention", .object([("size", .int(hidden))])), ("tied", .string("output")),
          ("dropout", .double(dropout)),
        ])
      ), ("training", training(epochs: epochs, metric: "bleu")),
      ("decoding", .object([("beam", .int(5)), ("maximumLength", .int(150))])),
    ]
  }

  /// Characters, and a decoder twice as wide as a direction of the encoder.
  private static func words(
    _ profile: CorpusProfile, _ task: TaskPreset, _ size: Size, _ reasons: inout [String]
  ) -> [(String, JSON)] {
    let hasPhones = task == .g2p && Self.hasPhones(profile)
    reasons.append(
      "tokenizer: character, since lines are single words or nearly so, on one side at least"
        + (hasPhones
          ? "; on the target side word, since what stands between spaces is a phone" : ""))
    let width = size.pick(64, 96, 128, 256)
    let dropout = size.pick(0.4, 0.3, 0.2, 0.1)
    reasons.append(
      "model: \(width) units in the encoder, \(2 * width) in the decoder, dropout \(dropout): "
        + "the fewer pairs, the smaller the model and the more dropout")
    let epochs = size.pick(60, 30, 15, 6)
    reasons.append(
      "training: \(epochs) epochs along a cosine, labels smoothed, the average of the weights kept")
    return [
      (
        "tokenizer",
        .object(
          [("kind", .string("character"))] + (hasPhones ? [("targetKind", .string("word"))] : []))
      ),
      (
        "model",
        .object([
          ("embedding", .int(width)), ("encoder", .object([("hidden", .int(width))])),
          ("decoder", .object([("hidden", .int(2 * width))])),
          ("attention", .object([("size", .int(width))])), ("dropout", .double(dropout)),
        ])
      ), ("training", training(epochs: epochs, metric: "exactMatch")),
      ("decoding", .object([("beam", .int(5))])),
    ]
  }

  /// A cosine to the end of training, smoothed labels, averaged weights: each helped wherever it was tried
  /// (docs/quality.md).
  private static func training(epochs: Int, metric: String) -> JSON {
    .object([
      ("epochs", .int(epochs)), ("optimizer", .object([("learningRate", .double(0.002))])),
      ("schedule", .object([("kind", .string("cosine")), ("warmup", .int(300))])),
      ("average", .object([("kind", .string("ema"))])), ("labelSmoothing", .double(0.1)),
      ("metrics", .array([.string(metric), .string("loss")])), ("stopOn", .string("all")),
    ])
  }

  /// The configuration as a file that states what was chosen and leaves the rest to the defaults.
  public func text(name: String, data: DataConfiguration) -> String {
    let corpora = data.json
    let keys = ["train", "validation", "test", "languages"]
    let stated = keys.compactMap { key in
      corpora[key].flatMap { value in
        value.array?.isEmpty == true || value.members?.allSatisfy(\.value.isNull) == true
          ? nil : (key, value)
      }
    }
    return JSON.object([("name", .string(name)), ("data", .object(stated))])
      .filled(from: settings).serialized(pretty: true) + "\n"
  }

  /// Guesses the task by the lengths of the lines.
  private static func task(_ profile: CorpusProfile) -> (task: TaskPreset, reason: String) {
    let sourceWords = mean(profile.source.words, profile.pairs)
    let targetWords = mean(profile.target.words, profile.pairs)
    let words =
      "since lines have \(NumberText.fixed(sourceWords, decimals: 1)) and "
      + "\(NumberText.fixed(targetWords, decimals: 1)) words on average"
    func isShort(_ side: CorpusPart.Side, _ most: Double) -> Bool {
      mean(side.characters, profile.pairs) <= most
    }
    // Dates and numbers in words, of which a date or a number is made: pieces would learn whole numbers by heart.
    if targetWords <= 1.5, isShort(profile.target, 25), isShort(profile.source, 60) {
      return (.transliteration, words)
    }
    guard sourceWords <= 1.5, isShort(profile.source, 25) else { return (.translation, words) }
    if hasPhones(profile) { return (.g2p, words) }
    return targetWords <= 2 ? (.transliteration, words) : (.translation, words)
  }

  /// Whether targets look like phones, which are short and many: "K AE1 T".
  private static func hasPhones(_ profile: CorpusProfile) -> Bool {
    mean(profile.target.words, profile.pairs) >= 3
      && mean(profile.target.characters, profile.target.words) <= 4
  }

  private static func mean(_ sum: Int, _ count: Int) -> Double {
    Double(sum) / Double(max(count, 1))
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
