package import DragomanFormats

/// What writes the targets, by family: the `model.decoder` object of a configuration, chosen by its `kind`.
package enum DecoderConfiguration: ConfigurationUnion {
  /// Recurrent layers with attention.
  case recurrent(RecurrentDecoderConfiguration)
  /// Layers of self-attention.
  case transformer(TransformerDecoderConfiguration)

  /// The names of the families.
  package enum Kind: String, CaseIterable, Sendable {
    /// Recurrent layers with attention.
    case recurrent
    /// Layers of self-attention.
    case transformer
  }

  /// The default decoder, a recurrent one.
  package init() { self = .recurrent(RecurrentDecoderConfiguration()) }

  /// The family.
  package var kind: Kind {
    switch self {
    case .recurrent: .recurrent
    case .transformer: .transformer
    }
  }

  /// What the object is for.
  package static let about = "The decoder writes the target, one token a step."

  /// The object of a family.
  package static func alternative(
    _ kind: Kind
  ) -> ConfigurationAlternative<DecoderConfiguration> {
    switch kind {
    case .recurrent: .init(DecoderConfiguration.recurrent) { $0.recurrent }
    case .transformer: .init(DecoderConfiguration.transformer) { $0.transformer }
    }
  }

  /// H, the numbers in the state that looks at the source.
  package var width: Int {
    switch self {
    case .recurrent(let decoder): decoder.hidden
    case .transformer(let decoder): decoder.width
    }
  }

  /// Numbers that the projection to the vocabulary reads, in this model.
  package func projectedSize(in model: ModelConfiguration) -> Int {
    switch self {
    case .recurrent(let decoder):
      decoder.deepOutputSize(in: model) ?? decoder.readoutSize(in: model)
    case .transformer(let decoder): decoder.width
    }
  }

  /// What does not fit the rest of the model.
  func conflicts(in model: ModelConfiguration) -> [ConfigurationConflict] {
    switch self {
    case .recurrent(let decoder): decoder.conflicts(in: model)
    case .transformer(let decoder): decoder.conflicts(in: model)
    }
  }

  /// The values of a recurrent decoder; `nil` of other families.
  package var recurrent: RecurrentDecoderConfiguration? {
    get {
      switch self {
      case .recurrent(let decoder): decoder
      case .transformer: nil
      }
    }
    set {
      if let newValue { self = .recurrent(newValue) }
    }
  }

  /// The values of a Transformer's decoder; `nil` of other families.
  package var transformer: TransformerDecoderConfiguration? {
    get {
      switch self {
      case .transformer(let decoder): decoder
      case .recurrent: nil
      }
    }
    set {
      if let newValue { self = .transformer(newValue) }
    }
  }
}
