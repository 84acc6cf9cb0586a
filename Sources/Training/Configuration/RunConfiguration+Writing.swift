package import DragomanFormats
import DragomanTranslation

extension RunConfiguration {
  /// The configuration with every key that counts, as ``Configuration/json`` has it, but for those of examples that the task does
  /// not read: whether data are images is decided by the encoder, in another object.
  package var json: JSON {
    var idle = readsImages ? ["tokenizer"] : ["data.images", "training.batchImages"]
    if task == .translation { idle.append("training.classWeights") }
    return idle.reduce(Self.all(self)) { $0.removing($1) }
  }

  /// All keys; a generic function sees what all configurations have.
  private static func all<Object: Configuration>(_ object: Object) -> JSON { object.json }
}
