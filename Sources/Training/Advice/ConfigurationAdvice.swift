import DragomanFormats
import DragomanModels
package import DragomanText
import DragomanTranslation

/// A configuration for a corpus that nobody has tried anything on yet, and the reasons for it.
package struct ConfigurationAdvice: Sendable {
  /// The task that the settings are for; `nil` of a classifier.
  package let task: TaskPreset?
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
  /// What there is to learn from in an epoch.
  let amount: Amount

  /// What batches are made of.
  enum Amount {
    /// Tokens, a few less than there will be.
    case tokens(Int)
    /// Images.
    case images(Int)
  }

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
    let chosen = task ?? found.task
    self.task = chosen
    reasons.append(
      "task: \(chosen.rawValue), " + (task == nil ? found.reason : "as asked for"))
    let size = Size(pairs: profile.pairs)
    // A word is one piece at least, and each line has an end.
    let isOfWords = chosen == .translation || chosen == .g2p && TaskGuess.hasPhones(profile)
    amount = .tokens(
      profile.pairs + (isOfWords ? TaskGuess.targetWords(profile) : profile.target.characters))
    switch chosen {
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
  mutating func setWarmup(_ training: TrainingConfiguration) {
    settings.set(\.training.schedule.warmup, to: min(300, (updates(training) ?? .max) / 10))
  }

  /// How many updates there are, or a few less.
  private func updates(_ training: TrainingConfiguration) -> Int? {
    switch amount {
    case .tokens(let tokens):
      let batchTokens = training.batchTokens(trainingTokens: tokens)
      return training.plannedUpdates(batches: (tokens + batchTokens - 1) / batchTokens)
    case .images(let images):
      return training.plannedUpdates(
        batches: (images + training.batchImages - 1) / training.batchImages)
    }
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
      "tokenizer: minimumFrequency 2, since a model of words learns only from words it does not know what to do "
        + "with others"
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
    let isOfTables = !data.train.contains(where: ExampleList.isOfArrays)
    let images: JSON? =
      settings.value.readsImages && isOfTables ? ["folder": .string(data.images.folder)] : nil
    let own: JSON = [
      "name": .string(name), "data": JSON.object(stated).adding(["images": images]),
    ]
    return own.filled(from: shortened).serialized(pretty: true) + "\n"
  }

  /// The settings, stages of convolutions without the keys that are as by default.
  private var shortened: JSON {
    let path = "classifier.encoder.stages"
    guard let stages = settings.json.value(at: path)?.array else { return settings.json }
    let usual = ConvolutionalStageConfiguration().json
    return settings.json.setting(
      path,
      to: .array(
        stages.map { stage in
          .object(
            (stage.members ?? []).map { ($0.name, $0.value) }.filter { name, value in
              name == "channels" || value.serialized() != usual[name]?.serialized()
            })
        }))
  }
}
