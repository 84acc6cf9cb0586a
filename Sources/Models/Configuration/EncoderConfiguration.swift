package import DragomanFormats

/// What reads the sources, by family: the `model.encoder` object of a configuration, chosen by its `kind`.
package enum EncoderConfiguration: ConfigurationUnion {
  /// Recurrent layers.
  case recurrent(RecurrentEncoderConfiguration)
  /// Layers of self-attention.
  case transformer(TransformerEncoderConfiguration)
  /// Rows of features, as they are.
  case features(FeaturesEncoderConfiguration)

  /// The names of the families.
  package enum Kind: String, CaseIterable, Sendable {
    /// Recurrent layers.
    case recurrent
    /// Layers of self-attention.
    case transformer
    /// Rows of features, as they are.
    case features
  }

  /// The default encoder, a recurrent one.
  package init() { self = .recurrent(RecurrentEncoderConfiguration()) }

  /// The family.
  package var kind: Kind {
    switch self {
    case .recurrent: .recurrent
    case .transformer: .transformer
    case .features: .features
    }
  }

  /// What the object is for.
  package static let about = "The encoder reads the source."

  /// The object of a family.
  package static func alternative(
    _ kind: Kind
  ) -> ConfigurationAlternative<EncoderConfiguration> {
    switch kind {
    case .recurrent: .init(EncoderConfiguration.recurrent) { $0.recurrent }
    case .transformer: .init(EncoderConfiguration.transformer) { $0.transformer }
    case .features: .init(EncoderConfiguration.features) { $0.features }
    }
  }

  /// D, the numbers in one vector of the encoded source; 0 of features whose size only the data tell.
  package var width: Int {
    switch self {
    case .recurrent(let encoder): encoder.width
    case .transformer(let encoder): encoder.width
    case .features(let encoder): encoder.size ?? 0
    }
  }

  /// The values of a recurrent encoder; `nil` of other families.
  package var recurrent: RecurrentEncoderConfiguration? {
    get {
      switch self {
      case .recurrent(let encoder): encoder
      case .transformer, .features: nil
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
      case .recurrent, .features: nil
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
    case .recurrent, .transformer: nil
    }
  }
}
