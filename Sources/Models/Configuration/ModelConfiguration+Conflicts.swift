package import DragomanFormats
import DragomanLayers

extension ModelConfiguration {
  /// Sizes and choices that do not fit each other.
  package var conflicts: [ConfigurationConflict] {
    decoder.conflicts(in: self) + [statesWithoutProduct].compactMap { $0 }
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
