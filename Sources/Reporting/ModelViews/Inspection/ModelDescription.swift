package import DragomanModels
import DragomanLayers
import DragomanTranslation

/// An architecture in words.
package enum ModelDescription {
  /// One sentence: what reads, what looks, what writes, with their sizes.
  package static func sentence(_ model: ModelConfiguration) -> String {
    let encoder = model.encoder
    let decoder = model.decoder
    let reads =
      "\(encoder.bidirectional ? "bi" : "")\(encoder.cell.words) encoder, "
      + size(layers: encoder.layers, hidden: encoder.hidden)
    let writes =
      "\(decoder.cell.words) decoder, " + size(layers: decoder.layers, hidden: decoder.hidden)
    let score = model.scorerType.words(model.scorerSizes)
    let feeding =
      switch decoder.feeding {
      case .none: ""
      case .context: ", context feeding"
      case .attentional: ", attentional input feeding"
      }
    let start =
      switch decoder.initialState {
      case .backward: "starts from the encoder's backward state"
      case .top: "starts from the encoder's top state"
      case .layerwise: "starts from the encoder's states, layer by layer"
      case .mean: "starts from the mean of the encoder's states"
      case .zero: "starts from zero"
      }
    let bridge = decoder.bridge && decoder.initialState != .zero ? " over a bridge" : ""
    let output = model.deepOutputSize.map { size in
      "; deep output of \(size)" + (decoder.output.embedding ? " over state, context and word" : "")
    }
    let tied =
      switch model.tied {
      case .none: ""
      case .output: "; target embedding tied to the output"
      case .languages: "; one embedding for both languages"
      case .all: "; one embedding for both languages, tied to the output"
      }
    return
      "embedding \(model.embedding); \(reads); \(score); \(writes)\(feeding), \(start)\(bridge)"
      + (output ?? "") + tied
  }

  private static func size(layers: Int, hidden: Int) -> String {
    layers == 1 ? "\(hidden) units" : "\(layers) layers of \(hidden) units"
  }
}
