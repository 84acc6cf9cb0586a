import DragomanFormats
import DragomanLayers

/// Sizes and choices of a recurrent decoder that do not fit the rest of the model.
struct RecurrentConflicts {
  let decoder: RecurrentDecoderConfiguration
  let model: ModelConfiguration

  /// All of them.
  var all: [ConfigurationConflict] {
    [noFinalState, backwardWithoutDirection, layerCounts, copiedStateSize, dotSize, tiedSize]
      .compactMap { $0 }
  }

  /// The encoder, if it has final states.
  private var recurrent: RecurrentEncoderConfiguration? { model.encoder.recurrent }
  /// Whether nobody has said yet how wide the encoder is: only data tell the size of features.
  private var isWidthOpen: Bool { model.encoder.features.map { $0.size == nil } ?? false }

  /// The keys that decide how wide the encoder is.
  private var widthKeys: [String] {
    switch model.encoder {
    case .recurrent: ["encoder.hidden", "encoder.bidirectional"]
    case .transformer, .vision: ["encoder.width"]
    case .convolutional: ["encoder.stages"]
    case .features: ["encoder.size"]
    }
  }

  /// How the encoder becomes as wide as this, if it can.
  private func widening(to width: Int) -> [String] {
    switch model.encoder {
    case .recurrent(let encoder):
      if !encoder.bidirectional { return ["set model.encoder.hidden to \(width)"] }
      return width.isMultiple(of: 2) ? ["set model.encoder.hidden to \(width / 2)"] : []
    case .transformer:
      return width.isMultiple(of: 2) ? ["set model.encoder.width to \(width)"] : []
    case .vision(let encoder):
      return width.isMultiple(of: encoder.heads) ? ["set model.encoder.width to \(width)"] : []
    case .convolutional:
      return ["give the last stage of model.encoder \(Words.count(width, "channel"))"]
    // The data decide how many numbers a row has.
    case .features: return []
    }
  }

  /// Only a recurrent encoder ends in a state, and it reads no images.
  private var noFinalState: ConfigurationConflict? {
    switch (decoder.initialState, recurrent) {
    case (.mean, _), (.zero, _), (_, .some): return nil
    case (.backward, nil), (.top, nil), (.layerwise, nil):
      return ConfigurationConflict(
        ["decoder.initialState", "encoder.kind"],
        because: "this encoder has no final state to start from",
        remedies: ["set model.decoder.initialState to \"mean\""]
          + (model.encoder.transformer == nil ? [] : ["set model.encoder.kind to \"recurrent\""]))
    }
  }

  /// Whether the projection reads a context whose size nobody has said yet.
  private var readsOpenWidth: Bool {
    isWidthOpen && decoder.output.kind != .deep && decoder.feeding != .attentional
  }

  private var projectedSize: Int { model.decoder.projectedSize(in: model) }

  /// The backward direction has to be there before the decoder can start from it.
  private var backwardWithoutDirection: ConfigurationConflict? {
    guard decoder.initialState == .backward, recurrent?.bidirectional == false else { return nil }
    return ConfigurationConflict(
      ["decoder.initialState", "encoder.bidirectional"],
      because: "an encoder of one direction has no backward state to start from",
      remedies: [
        "set model.decoder.initialState to \"top\"", "set model.encoder.bidirectional to true",
      ])
  }

  /// Layer for layer needs as many layers on both sides.
  private var layerCounts: ConfigurationConflict? {
    guard decoder.initialState == .layerwise, let encoder = recurrent,
      encoder.layers != decoder.layers
    else { return nil }
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
    guard !decoder.bridge, let width = decoder.initialStateWidth(of: model.encoder),
      width != decoder.hidden, !isWidthOpen, backwardWithoutDirection == nil, noFinalState == nil
    else { return nil }
    let isOneDirection = decoder.initialState == .backward
    let isJoined = recurrent?.bidirectional == true && !isOneDirection
    return ConfigurationConflict(
      ["decoder.hidden"]
        + (isOneDirection || recurrent?.bidirectional == false ? ["encoder.hidden"] : widthKeys)
        + ["decoder.initialState", "decoder.bridge"],
      because:
        "without a bridge the encoder's state is copied, and it has \(Words.count(width, "number"))"
        + (isJoined ? ", two directions" : ""),
      remedies: ["set model.decoder.bridge to true", "set model.decoder.hidden to \(width)"]
        + (isOneDirection
          ? ["set model.encoder.hidden to \(decoder.hidden)"] : widening(to: decoder.hidden)))
  }

  /// A dot product needs two vectors of one size.
  private var dotSize: ConfigurationConflict? {
    let width = model.encoder.width
    guard model.attention.score == .dot, decoder.hidden != width, !isWidthOpen else { return nil }
    return ConfigurationConflict(
      ["decoder.hidden"] + widthKeys + ["attention.score"],
      because: "the dot scorer multiplies a decoder state with an encoded position, "
        + "and that has \(Words.count(width, "number"))",
      remedies: ["set model.decoder.hidden to \(width)"] + widening(to: decoder.hidden)
        + ["set model.attention.score to \"general\", which takes any sizes"])
  }

  /// A projection whose weight is a table of word vectors reads as many numbers as one of them has.
  private var tiedSize: ConfigurationConflict? {
    guard model.tied.joinsOutput, projectedSize != model.embedding, !readsOpenWidth else {
      return nil
    }
    let isDeep = decoder.output.kind == .deep
    let isAttentional = decoder.feeding == .attentional
    let sizes =
      if isDeep {
        ["decoder.output.hidden"]
      } else {
        ["decoder.output.kind", "decoder.hidden"]
          + (isAttentional
            ? ["decoder.feeding"] : widthKeys)
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
        + ["set model.tied to \"\(model.tied.withoutOutput.rawValue)\""])
  }
}
