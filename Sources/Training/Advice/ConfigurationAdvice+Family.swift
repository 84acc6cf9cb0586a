import DragomanFormats
import DragomanModels

extension ConfigurationAdvice {
  /// The sizes of a Transformer's layers.
  struct TransformerSizes: Equatable {
    let width: Int
    let layers: Int
    let heads: Int
    let inner: Int

    /// The sizes in words.
    var words: String { "\(layers) layers of width \(width), \(heads) heads, inner \(inner)" }

    /// For sentences, the smallest corpus first: from the shape that is called *tiny* to *base*.
    ///
    /// Vaswani et al. 2017 for *base*; Wu et al. 2021 for *tiny*, who find on Multi30k that a larger model is a worse
    /// one.
    static let sentences = [
      Self(width: 128, layers: 4, heads: 4, inner: 256),
      Self(width: 128, layers: 4, heads: 4, inner: 256),
      Self(width: 256, layers: 4, heads: 4, inner: 1024),
      Self(width: 512, layers: 6, heads: 8, inner: 2048),
    ]

    /// For characters: a width of up to 256.
    ///
    /// Wu, Cotterell and Hulden 2021, "Applying the transformer to character-level transduction", take that for any
    /// corpus.
    static let characters = [
      Self(width: 128, layers: 3, heads: 4, inner: 256),
      Self(width: 128, layers: 3, heads: 4, inner: 256),
      Self(width: 256, layers: 3, heads: 4, inner: 512),
      Self(width: 256, layers: 4, heads: 4, inner: 1024),
    ]

    /// For a classifier of texts, which has less to say than one that writes.
    static let classes = [
      Self(width: 64, layers: 2, heads: 4, inner: 128),
      Self(width: 128, layers: 2, heads: 4, inner: 256),
      Self(width: 128, layers: 4, heads: 4, inner: 512),
      Self(width: 256, layers: 4, heads: 4, inner: 1024),
    ]

    private init(width: Int, layers: Int, heads: Int, inner: Int) {
      (self.width, self.layers, self.heads, self.inner) = (width, layers, heads, inner)
    }
  }

  /// The corpora whose models are as large, in words.
  func scope(of units: [Int], _ layers: [TransformerSizes], _ size: Size) -> String {
    let hasUnits = families.encoder == .recurrent || families.decoder == .recurrent
    return size.scope(
      zip(units, layers).map { units, layers in
        [
          hasUnits ? [units] : [],
          families.hasTransformer
            ? [layers.width, layers.layers, layers.heads, layers.inner] : [],
        ]
      })
  }

  /// Gives each side the sizes of its family.
  ///
  /// - Parameters:
  ///   - encoder: the units of a recurrent encoder, in each direction.
  ///   - decoder: the units of a recurrent decoder.
  ///   - layers: the sizes of a Transformer's side.
  /// - Returns: the sizes in words.
  mutating func chooseSides(
    encoder: Int, decoder: Int, _ layers: TransformerSizes
  ) -> String {
    let words = layers.words
    let reader: String
    switch families.encoder {
    case .recurrent:
      settings.set(\.model.encoder, \RecurrentEncoderConfiguration.hidden, to: encoder)
      reader = "\(encoder) units"
    case .transformer:
      set(layers, \.model.encoder, TransformerEncoderConfiguration.self)
      reader = words
    // It has no sizes to choose.
    case .vision, .convolutional, .features: reader = "what it is"
    }
    let writer: String
    switch families.decoder {
    case .recurrent:
      settings.set(\.model.decoder, \RecurrentDecoderConfiguration.hidden, to: decoder)
      settings.set(\.model.attention.size, to: encoder)
      writer = "\(decoder) units"
    case .transformer:
      set(layers, \.model.decoder, TransformerDecoderConfiguration.self)
      writer = words
    }
    return reader == writer ? reader : "\(reader) in the encoder, \(writer) in the decoder"
  }

  mutating func set<Union: ConfigurationUnion, Side: TransformerSide>(
    _ sizes: TransformerSizes, _ union: WritableKeyPath<RunConfiguration, Union>,
    _: TransformerConfiguration<Side>.Type
  ) {
    settings.set(union, \TransformerConfiguration<Side>.width, to: sizes.width)
    settings.set(union, \TransformerConfiguration<Side>.layers, to: sizes.layers)
    settings.set(union, \TransformerConfiguration<Side>.heads, to: sizes.heads)
    settings.set(union, \TransformerConfiguration<Side>.inner, to: sizes.inner)
  }

  /// Leaves dropout out within the sublayers of Transformers that read or write sentences.
  ///
  /// Layers of width 128 learnt 29,000 pairs best without dropout of attention's weights, of hidden layers and before
  /// the output layer (docs/quality.md).
  mutating func chooseWholeLayers() {
    func keep<Union: ConfigurationUnion, Side: TransformerSide>(
      _ union: WritableKeyPath<RunConfiguration, Union>, _: TransformerConfiguration<Side>.Type
    ) {
      settings.set(union, \TransformerConfiguration<Side>.attentionDropout, to: 0)
      settings.set(union, \TransformerConfiguration<Side>.innerDropout, to: 0)
    }
    if families.encoder == .transformer {
      keep(\.model.encoder, TransformerEncoderConfiguration.self)
    }
    if families.decoder == .transformer {
      keep(\.model.decoder, TransformerDecoderConfiguration.self)
    }
    if families.hasTransformer {
      reasons.append(
        "model: no dropout of attention's weights and of the hidden layers of feed-forward networks"
          + (families.decoder == .transformer ? ", nor before the output layer" : ""))
    }
  }

  /// The decay and the ε that Transformers are trained with.
  ///
  /// Vaswani et al. 2017, section 5.3.
  mutating func chooseAdam() {
    settings.set(\.training.optimizer.beta2, to: 0.98)
    settings.set(\.training.optimizer.epsilon, to: 1e-9)
  }
}
