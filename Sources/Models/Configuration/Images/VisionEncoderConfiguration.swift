package import DragomanFormats
package import DragomanLayers
package import DragomanTensor

/// A vision transformer: the object `encoder` of the kind `vision`.
package struct VisionEncoderConfiguration: Sendable, Equatable {
  /// P, the side of a patch in pixels.
  package var patch = 4
  /// D, the width of the layers.
  package var width = 64
  /// How many layers.
  package var layers = 4
  /// h, the heads of each attention.
  package var heads = 4
  /// F, the width of the feed-forward network's hidden layer.
  package var inner = 128
  /// Where layers normalise.
  package var normalization = NormalizationPlace.before
  /// φ of the feed-forward network.
  package var activation = Activation.gelu

  /// The default layers.
  package init() {}

  /// What the layers are like, with this dropout in them.
  func shape(dropout: Double) -> TransformerShape {
    TransformerShape(
      width: width, layers: layers, heads: heads, inner: inner, normalization: normalization,
      activation: activation, normalizer: .softmax, window: nil, selfAttention: .attention,
      attentionDropout: dropout, innerDropout: dropout, layerDropout: dropout,
      isVariational: false)
  }

  /// What keeps it from reading images of a size; `nil` if nothing does.
  func problem(reading image: ImageShape) -> String? {
    guard !image.height.isMultiple(of: patch) || !image.width.isMultiple(of: patch) else {
      return nil
    }
    return
      "\(image.height) × \(image.width) pixels, which patches of \(patch) × \(patch) do not divide"
  }

  /// The layers in words.
  var words: String {
    "vision transformer, patches of \(patch) × \(patch), \(Words.count(layers, "layer")) of width \(width), "
      + "\(Words.count(heads, "head")), inner \(inner)"
  }
}

extension VisionEncoderConfiguration: Configuration {
  /// What the object is for.
  package static let about = "Patches of an image are rows, which layers of self-attention read."
  /// The keys of the object.
  package static let fields: [ConfigurationField<VisionEncoderConfiguration>] = [
    .init(
      \.patch, "patch", .integer(atLeast: 1, atMost: 1024),
      help: "Side of a patch in pixels; height and width of the images are multiples of it."),
    .init(
      \.width, "width", .integer(atLeast: 1, atMost: 65_536),
      help: "Width of the layers, which the heads divide."),
    .init(\.layers, "layers", .integer(atLeast: 1, atMost: 64), help: "Number of layers."),
    .init(
      \.heads, "heads", .integer(atLeast: 1, atMost: 1024),
      help: "Heads of each attention; each sees width / heads numbers."),
    .init(
      \.inner, "inner", .integer(atLeast: 1, atMost: 262_144),
      help: "Width of the hidden layer of the feed-forward networks."),
    .init(
      \.normalization, "normalization", .choice,
      help: "Where layers normalise, as in a Transformer that reads text."),
    .init(\.activation, "activation", .choice, help: "What bends the hidden layer."),
  ]

  /// A width that heads do not divide.
  package var conflicts: [ConfigurationConflict] {
    guard !width.isMultiple(of: heads) else { return [] }
    return [
      ConfigurationConflict(
        ["width", "heads"], because: "each head sees as many numbers, width / heads",
        remedies: ["set width to \((width / heads + 1) * heads)"])
    ]
  }
}
