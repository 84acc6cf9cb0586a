package import DragomanFormats
import DragomanLayers

/// The side of a model that a Transformer's layers are for.
package protocol TransformerSide: Sendable {
  /// Its key.
  static var name: String { get }
  /// What the object is for.
  static var about: String { get }
  /// The keys of the object.
  static var fields: [ConfigurationField<TransformerConfiguration<Self>>] { get }
}

/// What reads the source.
package enum EncoderSide: TransformerSide {
  /// `encoder`.
  package static let name = "encoder"
  /// What the object is for.
  package static let about = "Layers of self-attention read the source."
  /// The keys of the object.
  package static let fields = TransformerConfiguration<EncoderSide>.sharedFields()
}

/// What writes the target.
package enum DecoderSide: TransformerSide {
  /// `decoder`.
  package static let name = "decoder"
  /// What the object is for.
  package static let about =
    "Layers of self-attention, attention to the source and feed-forward networks write the target, one token a step."
  /// The keys of the object.
  package static let fields: [ConfigurationField<TransformerConfiguration<DecoderSide>>] =
    [
      .init(
        \.selfAttention, "selfAttention", .choice,
        help: "How tokens learn of those before them. `attention`: causal self-attention; "
          + "`ssru`: a simpler simple recurrent unit, whose step costs the same however long the target is."
      )
    ]
    + TransformerConfiguration.sharedFields(
      window: .when(\.selfAttention, "selfAttention", is: .attention))
}
