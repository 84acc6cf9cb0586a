package import DragomanFormats

/// What a classifier reads with, by family: the `classifier.encoder` object, chosen by its `kind`.
package enum ClassifierEncoderConfiguration: ConfigurationUnion {
  /// Recurrent layers, for texts and features.
  case recurrent(RecurrentEncoderConfiguration)
  /// Layers of self-attention, for texts and features.
  case transformer(TransformerEncoderConfiguration)
  /// Layers of self-attention over patches, for images.
  case vision(VisionEncoderConfiguration)
  /// Convolutions, for images.
  case convolutional(ConvolutionalEncoderConfiguration)
  /// Rows of features, as they are.
  case features(FeaturesEncoderConfiguration)

  /// The names of the families.
  package enum Kind: String, CaseIterable, Sendable {
    /// Recurrent layers, for texts and features.
    case recurrent
    /// Layers of self-attention, for texts and features.
    case transformer
    /// Layers of self-attention over patches, for images.
    case vision
    /// Convolutions, for images.
    case convolutional
    /// Rows of features, as they are.
    case features

    /// Whether it reads images.
    package var readsImages: Bool { self == .vision || self == .convolutional }
  }

  /// The default encoder, a recurrent one.
  package init() { self = .recurrent(RecurrentEncoderConfiguration()) }

  /// The family.
  package var kind: Kind {
    switch self {
    case .recurrent: .recurrent
    case .transformer: .transformer
    case .vision: .vision
    case .convolutional: .convolutional
    case .features: .features
    }
  }

  /// What the object is for.
  package static let about = "The encoder reads a text, an image or features."

  /// The object of a family.
  package static func alternative(
    _ kind: Kind
  ) -> ConfigurationAlternative<ClassifierEncoderConfiguration> {
    switch kind {
    case .recurrent:
      .init(Self.recurrent) { if case .recurrent(let own) = $0 { own } else { nil } }
    case .transformer:
      .init(Self.transformer) { if case .transformer(let own) = $0 { own } else { nil } }
    case .vision:
      .init(Self.vision) { if case .vision(let own) = $0 { own } else { nil } }
    case .convolutional:
      .init(Self.convolutional) { if case .convolutional(let own) = $0 { own } else { nil } }
    case .features:
      .init(Self.features) { if case .features(let own) = $0 { own } else { nil } }
    }
  }

  /// The encoder, if models that write have such a one as well; `nil` of one for images.
  package var text: EncoderConfiguration? {
    switch self {
    case .recurrent(let encoder): .recurrent(encoder)
    case .transformer(let encoder): .transformer(encoder)
    case .features(let encoder): .features(encoder)
    case .vision, .convolutional: nil
    }
  }

  /// The encoder in words.
  var words: String {
    switch self {
    case .recurrent(let encoder): encoder.words
    case .transformer(let encoder): encoder.words
    case .vision(let encoder): encoder.words
    case .convolutional(let encoder): encoder.words
    case .features(let encoder): encoder.words
    }
  }
}

extension ClassifierEncoderConfiguration {
  /// The encoder of a model that writes, for a classifier.
  package init(_ encoder: EncoderConfiguration) {
    switch encoder {
    case .recurrent(let own): self = .recurrent(own)
    case .transformer(let own): self = .transformer(own)
    case .features(let own): self = .features(own)
    }
  }
}
