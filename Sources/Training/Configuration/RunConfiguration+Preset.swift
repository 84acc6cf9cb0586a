package import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

extension RunConfiguration {
  /// Reads the configuration file at `path`, which may be overridden key by key.
  ///
  /// A `preset` fills in what suits the training pairs; the reasons are lost.
  package static func read(
    path: String, overrides: [ConfigurationOverride] = []
  ) throws -> RunConfiguration {
    try readAdvised(path: path, overrides: overrides).configuration
  }

  /// Reads a configuration file, and looks at the training pairs if it has a `preset`.
  ///
  /// What the file and the overrides state counts, then what `settled` has, then the advice, then the defaults.
  ///
  /// - Returns: the configuration, and the advice that the preset gave.
  /// - Throws: what goes wrong when a configuration or a corpus is read.
  package static func readAdvised(
    path: String, overrides: [ConfigurationOverride] = [], settled: JSON? = nil
  ) throws -> (configuration: RunConfiguration, advice: ConfigurationAdvice?) {
    let text = try JSON.read(path: path)
    let stated = settled.map { filled(text, from: $0) } ?? text
    let setName = { (value: inout RunConfiguration) in value.name = name(of: path) }
    let places = DataPlaces(of: path)
    var plain = try read(
      stated, undecided: undecided(by: text, overrides), file: path, overrides: overrides,
      adjusting: setName)
    plain.data.locate(from: places)
    guard plain.preset != .none else { return (plain, nil) }
    let states = { (key: String) in
      stated.value(at: key) != nil || overrides.contains { $0.path.hasPrefix(key) }
    }
    var advice = try advice(for: plain, states)
    func advised() throws -> RunConfiguration {
      var (configuration, leftOut) = try read(
        stated, advice: advice.settings.json, file: path, overrides: overrides, adjusting: setName)
      advice.leftOut = leftOut
      configuration.data.locate(from: places)
      return configuration
    }
    // What is stated of the training and the tokenizer changes some of the advice on them.
    let first = try advised()
    advice.adjust(to: first.training)
    if !states("tokenizer.minimumFrequency") { advice.adjust(to: first.tokenizer) }
    let configuration = try advised()
    advice.overruled = advice.settings.json.contradictions(to: configuration.json)
      .filter { key, _, _ in !advice.leftOut.contains { key == $0 || key.hasPrefix("\($0).") } }
      .map { ($0.key, stated: $0.settled, advised: $0.stated) }
    return (configuration, advice)
  }

  /// The objects that a preset fills in, if the file or an argument may ask for one.
  private static func undecided(
    by json: JSON, _ overrides: [ConfigurationOverride]
  ) -> Set<String> {
    let preset = overrides.last { $0.path == "preset" }?.value ?? json["preset"]
    return preset?.string.flatMap(Preset.init) ?? .none == Preset.none
      ? [] : ["task", "tokenizer", "model", "classifier", "training", "decoding"]
  }

  /// What suits the training data of a configuration, of which `states` says whether a key is stated.
  private static func advice(
    for plain: RunConfiguration, _ states: (String) -> Bool
  ) throws -> ConfigurationAdvice {
    let isAsked = plain.task == .classification
    if let advice = try arrayAdvice(for: plain, isAsked: isAsked, states) { return advice }
    let corpus = try plain.data.read(plain.data.train)
    let classes = ClassProfile(corpus)
    // What only a model that writes has tells that classes are not meant.
    let isOpen = plain.preset == .auto && !["task", "model", "decoding"].contains(where: states)
    guard isAsked || isOpen && (classes.isLikely || states("classifier")) else {
      return ConfigurationAdvice(
        CorpusProfile(corpus), task: plain.preset.task, families: FamilyChoice(plain.model))
    }
    let kind = plain.classifier.encoder.kind
    if kind.readsImages || states("data.images") && !states("classifier.encoder.kind") {
      return ConfigurationAdvice(
        images: try ImageProfile(ExampleList(corpus), plain.data.images), classes,
        family: kind.readsImages ? kind : .convolutional, isAsked: isAsked)
    }
    return ConfigurationAdvice(
      texts: CorpusProfile(corpus), classes,
      family: plain.classifier.encoder.kind, isAsked: isAsked)
  }

  /// What suits arrays, or features in files of their own; `nil` if the training data are neither.
  private static func arrayAdvice(
    for plain: RunConfiguration, isAsked: Bool, _ states: (String) -> Bool
  ) throws -> ConfigurationAdvice? {
    let areArrays = plain.data.train.contains(where: ExampleList.isOfArrays)
    guard areArrays || isAsked && plain.classifier.readsFeatures else { return nil }
    let list = try ExampleList(plain.data.train, plain.data)
    return try ConfigurationAdvice(
      arrays: list, plain.data, ClassProfile(list.corpus, areOfArrays: areArrays),
      family: states("classifier.encoder.kind") ? plain.classifier.encoder.kind : nil,
      readsFeatures: plain.classifier.readsFeatures, isAsked: isAsked)
  }
}
