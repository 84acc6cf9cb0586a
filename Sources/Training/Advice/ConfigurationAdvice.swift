import DragomanFormats
package import DragomanText

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
  /// Keys that are stated otherwise, with the value that counts and the advised one.
  var overruled: [(key: String, stated: String, advised: String)] = []
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

  /// Lets a model of words meet unknown ones, if that is what its tokens are to be.
  mutating func adjust(to tokenizer: TokenizerConfiguration) {
    guard tokenizer.kind == .word else { return }
    settings.set(\.tokenizer.minimumFrequency, to: 2)
    reasons.append(
      "tokenizer: minimumFrequency 2, since a model of words learns only from words it does not know what to do with others"
    )
  }

  /// The reasons but for those of some parts of the configuration, which something else decides; then what is stated
  /// otherwise, and what was left out.
  package func reasons(besides parts: [String]) -> [String] {
    var lines = reasons.filter { reason in !parts.contains { reason.hasPrefix("\($0):") } }
    let others = overruled.filter { key, _, _ in !parts.contains { key.hasPrefix("\($0).") } }
    if !others.isEmpty {
      lines.append(
        "stated otherwise, which counts: "
          + others.map { "\($0.key) \($0.stated) instead of \($0.advised)" }
          .joined(separator: ", "))
    }
    if !leftOut.isEmpty {
      lines.append(
        "left out, since what is stated does not go with it: \(leftOut.joined(separator: ", "))")
    }
    return lines
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
}
