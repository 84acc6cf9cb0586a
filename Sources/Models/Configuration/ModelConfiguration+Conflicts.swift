package import DragomanFormats
import DragomanLayers

extension ModelConfiguration {
  /// Sizes and choices that do not fit each other.
  package var conflicts: [ConfigurationConflict] {
    decoder.conflicts(in: self) + [statesWithoutProduct].compactMap { $0 } + wordConflicts
  }

  /// What images and features have no use for, since they are not words.
  private var wordConflicts: [ConfigurationConflict] {
    let name: String
    switch encoder.kind {
    case .recurrent, .transformer: return []
    case .vision, .convolutional: name = "images"
    case .features: name = "features"
    }
    var conflicts: [ConfigurationConflict] = []
    if tied.joinsLanguages {
      conflicts.append(
        ConfigurationConflict(
          ["tied", "encoder.kind"], because: "\(name) have no word vectors to share",
          remedies: ["set model.tied to \"\(tied.joinsOutput ? "output" : "none")\""]))
    }
    if dropout.sourceWords > 0 {
      conflicts.append(
        ConfigurationConflict(
          ["dropout.sourceWords", "encoder.kind"], because: "\(name) are not words",
          remedies: ["set model.dropout.sourceWords to 0"]))
    }
    return conflicts
  }

  /// States are dropped where they enter their product.
  private var statesWithoutProduct: ConfigurationConflict? {
    let cells = [encoder.recurrent?.cell, decoder.recurrent?.cell].compactMap { $0 }
    guard dropout.states > 0, !cells.contains(where: \.hasRecurrentProduct) else { return nil }
    return ConfigurationConflict(
      ["dropout.states"] + (encoder.recurrent == nil ? ["encoder.kind"] : ["encoder.cell"])
        + (decoder.recurrent == nil ? ["decoder.kind"] : ["decoder.cell"]),
      because: "states are dropped where they enter a product, and no side of this model has one",
      remedies: ["set model.dropout.states to 0"])
  }
}
