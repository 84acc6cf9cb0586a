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
      "\(encoder.bidirectional ? "bi" : "")\(name(encoder.cell)) encoder, "
      + size(layers: encoder.layers, hidden: encoder.hidden)
    let writes =
      "\(name(decoder.cell)) decoder, " + size(layers: decoder.layers, hidden: decoder.hidden)
    let score =
      switch model.attention.score {
      case .additive:
        "additive attention of size \(model.attention.size)"
          + (model.attention.coverage ? " with coverage" : "")
      case .dot: "dot-product attention"
      case .general: "general attention"
      case .location: "location attention over \(model.attention.positions ?? 0) positions"
      }
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

  private static func name(_ cell: CellKind) -> String { cell.rawValue.uppercased() }

  private static func size(layers: Int, hidden: Int) -> String {
    layers == 1 ? "\(hidden) units" : "\(layers) layers of \(hidden) units"
  }
}
