import DragomanModels
import DragomanSystem
import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTranslation

extension Checkpoint {
  /// Reads a run's last checkpoint; its configuration has to be the run's but for its limits.
  init(path: String, _ configuration: RunConfiguration) throws {
    guard Files.exists(path) else { throw TrainingError.nothingToResume(path: path) }
    let reader = try SafetensorsReader(path: path)
    guard let text = reader.metadata[ModelFileKey.state] else {
      throw TrainingError.notResumable(path: path)
    }
    let saved = try SavedModel(reader)
    let file = saved.stored
    let state = try JSON.parse(Array(text.utf8), file: "\(path)[\(ModelFileKey.state)]")
    guard var position = state[Key.position].flatMap(TrainingPosition.init),
      let batchTokens = state[Key.batchTokens]?.int, batchTokens > 0,
      let fingerprint = state[Key.fingerprint]?.string, var record = TrainingRecord(file.record)
    else {
      throw ModelFileError.metadata(
        path: path, key: ModelFileKey.state, expected: "position, batchTokens and data of a run",
        found: text)
    }
    let pieces = state[Key.pieces].map { $0.int ?? 0 } ?? 1
    guard PieceTree.isCount(pieces), pieces <= TrainingConfiguration.mostPieces else {
      throw TrainingError.wrongState(
        path: path, key: Key.pieces,
        expected: "a power of two up to \(TrainingConfiguration.mostPieces)",
        found: state[Key.pieces]?.serialized() ?? "1")
    }
    let stored = try RunConfiguration.stored(
      file.configuration, file: "\(path)[\(ModelFileKey.configuration)]")
    guard try ModelFile.version(of: reader) > 1 || !stored.model.dropout.isUsed else {
      throw TrainingError.otherMasks(path: path)
    }
    var wanted = configuration
    // A run of an earlier version goes on with text as that version read it.
    if !RunConfiguration.statesNormalization(file.configuration) {
      (wanted.tokenizer.form, wanted.tokenizer.punctuation) = (.none, .asIs)
    }
    switch saved {
    case .translation(let file):
      wanted.model.attention.positions = wanted.model.attention.positions ?? file.model.reach
    case .classification(let file): wanted = wanted.settled(file.trained.reading)
    case .captioning(let file):
      wanted = wanted.settled(file.trained.reading)
        .settled(regions: file.trained.model.reach, file.trained.target)
    }
    let differences = wanted.differences(from: stored)
    // Where it is not stated, it is what the run began with.
    let isOtherPieces = wanted.training.pieces.map { $0 != pieces } ?? false
    let keys = differences.filter {
      !stored.training.isFree($0) && !stored.training.isNoted($0)
        && ($0 != "training.pieces" || isOtherPieces)
    }
    guard keys.isEmpty else { throw TrainingError.otherConfiguration(path: path, keys: keys) }
    let noted = differences.filter(stored.training.isNoted)
    record.changes += noted.map { key in
      RecordedChange(
        update: position.update, key: key, before: stored.json.value(at: key) ?? .null,
        after: wanted.json.value(at: key) ?? .null)
    }
    if noted.contains(where: { $0.hasPrefix(RecordedChange.schedule) }) {
      // Where the optimizer last began anew is known to the schedule that goes.
      var schedule = LearningRateSchedule(stored.training, plannedUpdates: nil)
      _ = schedule.observe(record)
      position.restarted = max(position.restarted, schedule.optimizerStart)
    }
    optimizer = Optimizer(
      wanted.training.optimizer, layout: file.layout, freezing: stored.training.freeze)
    average = ExponentialMovingAverage(stored.training.average, of: file.weights)
    for companion in Self.companions(optimizer, average) {
      companion.values.assign(
        try ModelFile.parameters(file.layout, prefix: "\(companion.name).", reader))
    }
    (self.file, self.position, self.record) = (saved, position, record)
    (self.batchTokens, self.pieces, self.fingerprint) = (batchTokens, pieces, fingerprint)
  }
}

extension RecordedChange {
  /// What the keys of a schedule begin with.
  static let schedule = "training.schedule"
}

extension DropoutConfiguration {
  /// Whether anything is dropped.
  fileprivate var isUsed: Bool {
    var none = DropoutConfiguration(0)
    none.variational = variational
    return self != none
  }
}

extension TrainingConfiguration {
  /// Whether a key may change when a run of this configuration is resumed, with a note in its record: what comes then
  /// is another training than it would have been, and nothing that has been done becomes wrong.
  fileprivate func isNoted(_ key: String) -> Bool {
    var noted = ["optimizer.learningRate", "clipNorm", "onDivergence", "divergedAbove"]
    if isCosineToTheEnd { noted += ["epochs", "updates"] }
    return noted.contains { key == "training.\($0)" } || key.hasPrefix(RecordedChange.schedule)
  }

  /// A cosine that falls until the end of the training depends on where that is.
  private var isCosineToTheEnd: Bool { schedule.kind == .cosine && schedule.length == nil }

  /// Whether a key may change when a run of this configuration is resumed: it sets a limit or says how results are
  /// shown, and no number of the run so far would have been another.
  fileprivate func isFree(_ key: String) -> Bool {
    var free = ["patience", "stopOn", "samples", "keep", "saveEvery", "logEvery"]
    if !isCosineToTheEnd { free += ["epochs", "updates"] }
    // How translations are made decides which model is the best by their figures.
    let isDecodingFree = !metrics.contains(where: \.needsTranslations)
    return free.contains { key == "training.\($0)" } || key.hasPrefix("data.test")
      || key.hasPrefix("decoding.") && isDecodingFree
  }
}
