import DragomanFormats
import DragomanLayers

/// Sizes and choices of a recurrent decoder that do not fit the rest of the model.
struct RecurrentConflicts {
  let decoder: RecurrentDecoderConfiguration
  let encoder: RecurrentEncoderConfiguration
  let model: ModelConfiguration

  /// All of them.
  var all: [ConfigurationConflict] {
    [backwardWithoutDirection, layerCounts, copiedStateSize, dotSize, tiedSize].compactMap { $0 }
  }

  private var projectedSize: Int { model.decoder.projectedSize(in: model) }

  /// The backward direction has to be there before the decoder can start from it.
  private var backwardWithoutDirection: ConfigurationConflict? {
    guard decoder.initialState == .backward, !encoder.bidirectional else { return nil }
    return ConfigurationConflict(
      ["decoder.initialState", "encoder.bidirectional"],
      because: "an encoder of one direction has no backward state to start from",
      remedies: [
        "set model.decoder.initialState to \"top\"", "set model.encoder.bidirectional to true",
      ])
  }

  /// Layer for layer needs as many layers on both sides.
  private var layerCounts: ConfigurationConflict? {
    guard decoder.initialState == .layerwise, encoder.layers != decoder.layers else { return nil }
    return ConfigurationConflict(
      ["decoder.layers", "encoder.layers", "decoder.initialState"],
      because: "each decoder layer starts from the encoder layer of the same number",
      remedies: [
        "set model.decoder.layers to \(encoder.layers)",
        "set model.encoder.layers to \(decoder.layers)",
        "set model.decoder.initialState to \"top\"",
      ])
  }

  /// A state that is copied must have the size of its place.
  private var copiedStateSize: ConfigurationConflict? {
    guard !decoder.bridge, let width = decoder.initialStateWidth(of: encoder),
      width != decoder.hidden,
      backwardWithoutDirection == nil
    else { return nil }
    let joined = encoder.bidirectional && decoder.initialState != .backward
    var remedies = ["set model.decoder.bridge to true", "set model.decoder.hidden to \(width)"]
    if !joined {
      remedies.append("set model.encoder.hidden to \(decoder.hidden)")
    } else if decoder.hidden.isMultiple(of: 2) {
      remedies.append("set model.encoder.hidden to \(decoder.hidden / 2)")
    }
    return ConfigurationConflict(
      ["decoder.hidden", "encoder.hidden"]
        + (joined ? ["encoder.bidirectional"] : [])
        + ["decoder.initialState", "decoder.bridge"],
      because: "without a bridge the encoder's state is copied, and it has \(width) numbers"
        + (joined ? ", two directions" : ""),
      remedies: remedies)
  }

  /// A dot product needs two vectors of one size.
  private var dotSize: ConfigurationConflict? {
    guard model.attention.score == .dot, decoder.hidden != encoder.width else { return nil }
    var remedies = ["set model.decoder.hidden to \(encoder.width)"]
    if !encoder.bidirectional {
      remedies.append("set model.encoder.hidden to \(decoder.hidden)")
    } else if decoder.hidden.isMultiple(of: 2) {
      remedies.append("set model.encoder.hidden to \(decoder.hidden / 2)")
    }
    remedies.append("set model.attention.score to \"general\", which takes any sizes")
    return ConfigurationConflict(
      ["decoder.hidden", "encoder.hidden", "encoder.bidirectional", "attention.score"],
      because: "the dot scorer multiplies a decoder state with an encoded position, "
        + "and that has \(encoder.width) numbers",
      remedies: remedies)
  }

  /// A projection whose weight is a table of word vectors reads as many numbers as one of them has.
  private var tiedSize: ConfigurationConflict? {
    guard model.tied.joinsOutput, projectedSize != model.embedding else { return nil }
    let untied = TiedWeights.allCases.first {
      !$0.joinsOutput && $0.joinsLanguages == model.tied.joinsLanguages
    }
    let isDeep = decoder.output.kind == .deep
    let isAttentional = decoder.feeding == .attentional
    let sizes =
      if isDeep {
        ["decoder.output.hidden"]
      } else {
        ["decoder.output.kind", "decoder.hidden"]
          + (isAttentional
            ? ["decoder.feeding"] : ["encoder.hidden", "encoder.bidirectional"])
      }
    return ConfigurationConflict(
      ["tied", "embedding"] + sizes,
      because: "the weight of the projection is the table of word vectors, "
        + "but it reads \(projectedSize) numbers and a word vector has \(model.embedding)",
      remedies: [
        isDeep
          ? "set model.decoder.output.hidden to null or \(model.embedding)"
          : "set model.decoder.output.kind to \"deep\"",
        "set model.embedding to \(projectedSize)",
      ] + (isAttentional && !isDeep ? ["set model.decoder.hidden to \(model.embedding)"] : [])
        + (untied.map { ["set model.tied to \"\($0.rawValue)\""] } ?? []))
  }
}
