package import DragomanFormats

/// What reads the sources, by family: the `model.encoder` object of a configuration, chosen by its `kind`.
package enum EncoderConfiguration: ConfigurationUnion {
  /// Recurrent layers.
  case recurrent(RecurrentEncoderConfiguration)

  /// The names of the families.
  package enum Kind: String, CaseIterable, Sendable {
    /// Recurrent layers.
    case recurrent
  }

  /// The default encoder, a recurrent one.
  package init() { self = .recurrent(RecurrentEncoderConfiguration()) }

  /// The family.
  package var kind: Kind {
    switch self {
    case .recurrent: .recurrent
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
    }
  }

  /// D, the numbers in one vector of the encoded source.
  package var width: Int {
    switch self {
    case .recurrent(let encoder): encoder.width
    }
  }

  /// The values of a recurrent encoder; `nil` of other families.
  package var recurrent: RecurrentEncoderConfiguration? {
    get {
      switch self {
      case .recurrent(let encoder): encoder
      }
    }
    set {
      if let newValue { self = .recurrent(newValue) }
    }
  }
}
