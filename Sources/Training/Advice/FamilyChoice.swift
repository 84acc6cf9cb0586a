package import DragomanModels

/// The families that a model's two sides are of, which decide what sizes and rates suit it.
package struct FamilyChoice: Sendable, Equatable {
  /// What reads the source.
  package var encoder: EncoderConfiguration.Kind
  /// What writes the target.
  package var decoder: DecoderConfiguration.Kind

  /// Both sides recurrent: in all that was measured at the sizes the presets are for they need fewest minutes
  /// (docs/quality.md).
  package init() { (encoder, decoder) = (.recurrent, .recurrent) }

  /// The families that both sides can be of.
  package static let both: [EncoderConfiguration.Kind] = [.recurrent, .transformer]

  /// Both sides of one family; an encoder of images or features has a recurrent decoder.
  package init(_ family: EncoderConfiguration.Kind) {
    encoder = family
    decoder =
      switch family {
      case .recurrent, .vision, .convolutional, .features: .recurrent
      case .transformer: .transformer
      }
  }

  /// The families that a model is of.
  init(_ model: ModelConfiguration) {
    (encoder, decoder) = (model.encoder.kind, model.decoder.kind)
  }

  /// Whether one of the sides at least is a Transformer.
  var hasTransformer: Bool { encoder == .transformer || decoder == .transformer }
}
