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
  /// The families of the model's sides.
  let families: FamilyChoice
  /// What was chosen, and why, in sentences.
  package internal(set) var reasons: [String] = []
  /// The keys that were chosen, with their values.
  var settings = ConfigurationSettings<RunConfiguration>()
  /// Keys of the advice that do not go with what is stated.
  var leftOut: [String] = []
  /// A few less target tokens than there will be.
  private let targetTokens: Int

  /// Chooses settings.
  ///
  /// - Parameters:
  ///   - profile: what the corpus is like.
  ///   - task: what it is for; found out by the lengths of the lines if it is `nil`.
  ///   - families: what the model's sides are.
  package init(
    _ profile: CorpusProfile, task: TaskPreset? = nil, families: FamilyChoice = FamilyChoice()
  ) {
    self.families = families
    let found = TaskGuess(profile)
    self.task = task ?? found.task
    reasons.append(
      "task: \(self.task.rawValue), " + (task == nil ? found.reason : "as asked for"))
    let size = Size(pairs: profile.pairs)
    // A word is one piece at least, and each line has an end.
    let isOfWords = self.task == .translation || self.task == .g2p && TaskGuess.hasPhones(profile)
    targetTokens =
      profile.pairs + (isOfWords ? TaskGuess.targetWords(profile) : profile.target.characters)
    switch self.task {
    case .translation:
      settings.set(\.data.maximumLength, to: 100)
      chooseTranslation(profile, size)
    case .transliteration, .g2p:
      let longest = max(profile.source.mostCharacters, profile.target.mostCharacters)
      let maximumLength = min(max((longest / 10 + 1) * 10, 50), 300)
      settings.set(\.data.maximumLength, to: maximumLength)
      reasons.append(
        "data.maximumLength: \(maximumLength); the longest lines have "
          + "\(profile.source.mostCharacters) and \(profile.target.mostCharacters) characters")
      chooseWords(profile, size)
    }
    setWarmup(settings.value.training)
  }

  /// Makes a first tenth of the updates the warm-up, if there are less than 3,000.
  private mutating func setWarmup(_ training: TrainingConfiguration) {
    settings.set(\.training.schedule.warmup, to: min(300, (updates(training) ?? .max) / 10))
  }

  /// How many updates there are, or a few less.
  private func updates(_ training: TrainingConfiguration) -> Int? {
    let batchTokens = training.batchTokens(trainingTokens: targetTokens)
    return training.plannedUpdates(batches: (targetTokens + batchTokens - 1) / batchTokens)
  }

  /// Changes what does not suit a training that is stated otherwise: a warm-up that it would not outlast, and the
  /// learning rate of another optimizer.
  mutating func adjust(to training: TrainingConfiguration) {
    let warmup = settings.value.training.schedule.warmup
    if let updates = updates(training), updates <= warmup { setWarmup(training) }
    if training.optimizer.kind == .sgd { settings.remove(\.training.optimizer.learningRate) }
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
    let keys = ["train", "validation", "test", "columns", "languages"]
    let defaults = DataConfiguration().json
    let stated = keys.compactMap { key in
      corpora[key].flatMap { value in
        value.array?.isEmpty == true || value.members?.allSatisfy(\.value.isNull) == true
          || key == "columns" && value.serialized() == defaults[key]?.serialized()
          ? nil : (key, value)
      }
    }
    let own: JSON = ["name": .string(name), "data": .object(stated)]
    return own.filled(from: settings.json).serialized(pretty: true) + "\n"
  }

  /// How much there is to learn from.
  struct Size {
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
