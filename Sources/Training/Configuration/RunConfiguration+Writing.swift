package import DragomanFormats
import DragomanTranslation

extension RunConfiguration {
  /// The configuration with every key that counts, as ``Configuration/json`` has it, but for those of examples that the
  /// task does not read: whether data are images is decided by the encoder, in another object.
  package var json: JSON {
    var idle: [String] = []
    if task == .classification, !readsTexts { idle.append("tokenizer") }
    if !readsImages { idle.append("data.images") }
    if !readsImages || task != .classification { idle.append("training.batchImages") }
    if !readsFeatures { idle.append("data.features") }
    if readsFeatures, task == .classification { idle.append("data.maximumLength") }
    if task != .classification { idle.append("training.classWeights") }
    return idle.reduce(Self.all(self)) { $0.removing($1) }
  }

  /// All keys; a generic function sees what all configurations have.
  private static func all<Object: Configuration>(_ object: Object) -> JSON { object.json }
}
