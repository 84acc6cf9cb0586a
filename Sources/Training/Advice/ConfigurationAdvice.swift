import DragomanFormats
package import DragomanText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A configuration for a corpus that nobody has tried anything on yet, and the reasons for it.
package struct ConfigurationAdvice: Sendable {
  /// The task that the settings are for.
  package let task: TaskPreset
  /// What was chosen, and why, in sentences.
  package private(set) var reasons: [String] = []
  /// The keys that were chosen, as an object of a configuration.
  private(set) var settings: JSON
  /// Keys of the advice that do not go with what is stated.
  var leftOut: [String] = []
  /// A few less target tokens than there will be.
  private let targetTokens: Int

  /// Chooses settings.
  ///
  /// - Parameters:
  ///   - profile: what the corpus is like.
  ///   - task: what it is for; found out by the lengths of the lines if it is `nil`.
  package init(_ profile: CorpusProfile, task: TaskPreset? = nil) {
    let found = TaskGuess(profile)
    self.task = task ?? found.task
    reasons.append(
      "task: \(self.task.rawValue), " + (task == nil ? found.reason : "as asked for"))
    let size = Size(pairs: profile.pairs)
    // A word is one piece at least, and each line has an end.
    let isOfWords = self.task == .translation || self.task == .g2p && TaskGuess.hasPhones(profile)
    targetTokens =
      profile.pairs + (isOfWords ? TaskGuess.targetWords(profile) : profile.target.characters)
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
    settings = JSON.object(chosen)
    var training = TrainingConfiguration()
    training.epochs = settings["training"]?["epochs"]?.int
    training.batchTokens = settings["training"]?["batchTokens"]?.int
    setWarmup(training)
  }

  /// Makes a first tenth of the updates the warm-up, if there are less than 3,000.
  private mutating func setWarmup(_ training: TrainingConfiguration) {
    let warmup = min(300, (updates(training) ?? .max) / 10)
    let schedule = JSON.object([("warmup", .int(warmup))])
    settings = JSON.object([("training", .object([("schedule", schedule)]))]).filled(from: settings)
  }

  /// How many updates there are, or a few less.
  private func updates(_ training: TrainingConfiguration) -> Int? {
    let batchTokens = training.batchTokens(trainingTokens: targetTokens)
    return training.plannedUpdates(batches: (targetTokens + batchTokens - 1) / batchTokens)
  }

  /// Changes what does not suit a training that is stated otherwise: a warm-up that it would not outlast, and the
  /// learning rate of another optimizer.
  mutating func adjust(to training: TrainingConfiguration) {
    let warmup = settings["training"]?["schedule"]?["warmup"]?.int ?? 0
    if let updates = updates(training), updates <= warmup { setWarmup(training) }
    if training.optimizer.kind == .sgd {
      settings = settings.removing("training.optimizer.learningRate")
    }
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
    let embedding = 256
    let dropout: [(String, Double)] = size.pick(
      [("embedding", 0.3), ("encoded", 0.3), ("output", 0.3)],
      [("embedding", 0.2), ("encoded", 0.2), ("output", 0.2)],
      [("embedding", 0.1), ("encoded", 0.1), ("output", 0.1)],
      [("embedding", 0.1), ("encoded", 0.1), ("output", 0.1)])
    reasons.append(
      Self.reason("word vectors of \(embedding), \(hidden) units, a tied output layer", dropout))
    let epochs = size.epochs(30, of: 29_000, atMost: 120)
    // More and smaller updates than an epoch would get by default.
    let isMany = profile.pairs + TaskGuess.targetWords(profile) > 75_000
    let batchTokens: Int? = isMany ? size.pick(500, nil, nil, nil) : nil
    reasons.append(Self.reason(epochs, size))
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
          ("dropout", .object(dropout.map { ($0.0, .double($0.1)) })),
        ])
      ),
      (
        "training",
        // BLEU takes what stands between spaces for a word.
        training(
          epochs: epochs, metric: profile.targetScript.hasSpaces ? "bleu" : "chrf",
          batchTokens: batchTokens)
      ),
      ("decoding", .object([("beam", .int(5)), ("maximumLength", .int(150))])),
    ]
  }

  /// Characters, and a decoder as wide as both directions of the encoder if these are narrow.
  private static func words(
    _ profile: CorpusProfile, _ task: TaskPreset, _ size: Size, _ reasons: inout [String]
  ) -> [(String, JSON)] {
    let hasPhones = task == .g2p && TaskGuess.hasPhones(profile)
    reasons.append(
      "tokenizer: character, since lines are single words or nearly so, on one side at least"
        + (hasPhones
          ? "; on the target side word, since what stands between spaces is a phone" : ""))
    let width = size.pick(96, 96, 256, 256)
    let decoder = min(2 * width, 256)
    let dropout: [(String, Double)] = size.pick(
      [("embedding", 0.2), ("encoded", 0.2), ("output", 0.3)],
      [("embedding", 0.2), ("encoded", 0.2), ("output", 0.3)],
      [("embedding", 0.1), ("encoded", 0.2), ("output", 0.3)],
      [("embedding", 0.1), ("encoded", 0.1), ("output", 0.1)])
    reasons.append(
      Self.reason("\(width) units in the encoder, \(decoder) in the decoder", dropout))
    let epochs = size.epochs(20, of: 123_000, atMost: 60)
    reasons.append(Self.reason(epochs, size))
    return [
      (
        "tokenizer",
        .object(
          [("kind", .string("character"))] + (hasPhones ? [("targetKind", .string("word"))] : []))
      ),
      (
        "model",
        .object([
          ("embedding", .int(min(width, 128))), ("encoder", .object([("hidden", .int(width))])),
          ("decoder", .object([("hidden", .int(decoder))])),
          ("attention", .object([("size", .int(width))])),
          ("dropout", .object(dropout.map { ($0.0, .double($0.1)) })),
        ])
      ), ("training", training(epochs: epochs, metric: "exactMatch")),
      ("decoding", .object([("beam", .int(5))])),
    ]
  }

  private static func reason(_ sizes: String, _ dropout: [(String, Double)]) -> String {
    let places = dropout.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "model: \(sizes), dropout of \(places): "
      + "the fewer pairs, the smaller the model and the more dropout"
  }

  private static func reason(_ epochs: Int, _ size: Size) -> String {
    "training: \(epochs) epochs over \(NumberText.grouped(size.pairs)) pairs along a cosine, labels smoothed, the "
      + "average of the weights kept"
  }

  /// A cosine to the end of training, smoothed labels, averaged weights: each helped wherever it was tried
  /// (docs/quality.md).
  private static func training(
    epochs: Int, metric: String, batchTokens: Int? = nil
  ) -> JSON {
    .object(
      (batchTokens.map { [("batchTokens", .int($0))] } ?? []) + [
        ("epochs", .int(epochs)), ("optimizer", .object([("learningRate", .double(0.002))])),
        ("schedule", .object([("kind", .string("cosine"))])),
        ("average", .object([("kind", .string("ema"))])), ("labelSmoothing", .double(0.1)),
        ("metrics", .array([.string(metric), .string("loss")])), ("stopOn", .string("all")),
      ])
  }

  /// The reasons but for those of some parts of the configuration, which something else decides; and what was left out.
  package func reasons(besides parts: [String]) -> [String] {
    reasons.filter { reason in !parts.contains { reason.hasPrefix("\($0):") } }
      + (leftOut.isEmpty
        ? []
        : ["left out, since what is stated does not go with it: \(leftOut.joined(separator: ", "))"])
  }

  /// The configuration as a file that states what was chosen and leaves the rest to the defaults.
  package func text(name: String, data: DataConfiguration) -> String {
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

  /// How much there is to learn from.
  private struct Size {
    let pairs: Int

    /// The epochs for a corpus of this size, given those that another one wanted.
    ///
    /// They grow with 1 / pairs^0.4, which leads from the 30 epochs of 29,000 sentence pairs to a few more than the 50 of 5,000
    /// (docs/quality.md).
    func epochs(_ epochs: Double, of others: Double, atMost most: Int) -> Int {
      let wanted = epochs * pow(others / Double(max(pairs, 1)), 0.4)
      return min(max(Int(wanted.rounded()), 6), most)
    }

    /// One of four values: below 10,000 pairs, below 50,000, below 500,000, and above.
    func pick<Value>(_ tiny: Value, _ small: Value, _ middle: Value, _ large: Value) -> Value {
      pairs < 10_000 ? tiny : pairs < 50_000 ? small : pairs < 500_000 ? middle : large
    }
  }
}
