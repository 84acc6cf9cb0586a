package import DragomanFormats

/// What reads the sources, by family: the `model.encoder` object of a configuration, chosen by its `kind`.
package enum EncoderConfiguration: ConfigurationUnion {
  /// Recurrent layers.
  case recurrent(RecurrentEncoderConfiguration)
  /// Layers of self-attention.
  case transformer(TransformerEncoderConfiguration)
  /// Layers of self-attention over patches of images.
  case vision(VisionEncoderConfiguration)
  /// Convolutions of images.
  case convolutional(ConvolutionalEncoderConfiguration)
  /// Rows of features, as they are.
  case features(FeaturesEncoderConfiguration)

  /// The names of the families.
  package enum Kind: String, CaseIterable, Sendable {
    /// Recurrent layers.
    case recurrent
    /// Layers of self-attention.
    case transformer
    /// Layers of self-attention over patches of images.
    case vision
    /// Convolutions of images.
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
  package static let about = "The encoder reads the source: a text, an image or features."

  /// The object of a family.
  package static func alternative(
    _ kind: Kind
  ) -> ConfigurationAlternative<EncoderConfiguration> {
    switch kind {
    case .recurrent: .init(EncoderConfiguration.recurrent) { $0.recurrent }
    case .transformer: .init(EncoderConfiguration.transformer) { $0.transformer }
    case .vision: .init(EncoderConfiguration.vision) { $0.vision }
    case .convolutional: .init(EncoderConfiguration.convolutional) { $0.convolutional }
    case .features: .init(EncoderConfiguration.features) { $0.features }
    }
  }

  /// D, the numbers in one vector of the encoded source; 0 of features whose size only the data tell.
  package var width: Int {
    switch self {
    case .recurrent(let encoder): encoder.width
    case .transformer(let encoder): encoder.width
    case .vision(let encoder): encoder.width
    case .convolutional(let encoder): encoder.width
    case .features(let encoder): encoder.size ?? 0
    }
  }

  /// The values of a recurrent encoder; `nil` of other families.
  package var recurrent: RecurrentEncoderConfiguration? {
    get {
      switch self {
      case .recurrent(let encoder): encoder
      case .transformer, .vision, .convolutional, .features: nil
      }
    }
    set {
      if let newValue { self = .recurrent(newValue) }
    }
  }

  /// The values of a Transformer's encoder; `nil` of other families.
  package var transformer: TransformerEncoderConfiguration? {
    get {
      switch self {
      case .transformer(let encoder): encoder
      case .recurrent, .vision, .convolutional, .features: nil
      }
    }
    set {
      if let newValue { self = .transformer(newValue) }
    }
  }

  /// The values of an encoder of features; `nil` of other families.
  package var features: FeaturesEncoderConfiguration? {
    switch self {
    case .features(let encoder): encoder
    case .recurrent, .transformer, .vision, .convolutional: nil
    }
  }

  /// The values of an encoder of patches; `nil` of other families.
  package var vision: VisionEncoderConfiguration? {
    switch self {
    case .vision(let encoder): encoder
    case .recurrent, .transformer, .convolutional, .features: nil
    }
  }

  /// The values of an encoder of convolutions; `nil` of other families.
  package var convolutional: ConvolutionalEncoderConfiguration? {
    switch self {
    case .convolutional(let encoder): encoder
    case .recurrent, .transformer, .vision, .features: nil
    }
  }

  /// What keeps it from reading images of a size; `nil` if nothing does.
  package func problem(reading image: ImageShape) -> String? {
    switch self {
    case .recurrent, .transformer, .features: nil
    case .vision(let encoder): encoder.problem(reading: image)
    case .convolutional(let encoder): encoder.problem(reading: image)
    }
  }
}
