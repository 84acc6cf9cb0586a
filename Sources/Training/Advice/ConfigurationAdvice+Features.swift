import DragomanFormats
import DragomanLayers
package import DragomanModels
import DragomanTranslation

extension ConfigurationAdvice {
  /// Chooses settings for a classifier of arrays: of images, if there are some and no features are asked for.
  ///
  /// - Parameters:
  ///   - list: the examples.
  ///   - data: says how they are read.
  ///   - classes: their classes.
  ///   - family: what reads, if that is decided.
  ///   - readsFeatures: whether it is decided that features are read.
  ///   - isAsked: whether somebody said that these are classes.
  /// - Throws: what is wrong with an array or a file.
  package init(
    arrays list: ExampleList, _ data: DataConfiguration, _ classes: ClassProfile,
    family: EncoderConfiguration.Kind? = nil, readsFeatures: Bool = false, isAsked: Bool
  ) throws {
    let isOfImages = family?.readsImages ?? (!readsFeatures && list.hasArray(named: "images"))
    if isOfImages {
      self.init(
        images: try ImageProfile(list, data.images), classes, family: family ?? .convolutional,
        isAsked: isAsked)
    } else {
      self.init(
        features: try FeatureProfile(list, data.features), classes,
        family: family ?? .recurrent,
        isAsked: isAsked)
    }
  }

  /// Chooses settings for a classifier of features.
  ///
  /// - Parameters:
  ///   - profile: what the features are like.
  ///   - classes: their classes.
  ///   - family: what reads.
  ///   - isAsked: whether somebody said that these are classes.
  package init(
    features profile: FeatureProfile, _ classes: ClassProfile,
    family: EncoderConfiguration.Kind = .recurrent, isAsked: Bool
  ) {
    self.init(classes: classes, amount: .tokens(profile.rows), isAsked: isAsked)
    let size = Size(pairs: classes.examples)
    reasons.append(
      "data.features: rows of \(NumberText.grouped(profile.size)), "
        + "\(NumberText.fixed(Double(profile.rows) / Double(max(classes.examples, 1)), decimals: 1)) an example, "
        + "\(NumberText.grouped(profile.longest)) at the most; each column is brought to mean 0 and deviation 1"
    )
    settings.set(\.classifier.pooling, to: .attention)
    let dropout = size.pick(0.2, 0.2, 0.2, 0.1)
    settings.set(\.classifier.dropout.layers, to: dropout)
    settings.set(\.classifier.dropout.pooled, to: dropout)
    let words: String
    switch family {
    case .recurrent:
      let width = size.pick(32, 64, 128, 256)
      settings.set(\.classifier.input, to: .features)
      settings.set(\.classifier.embedding, to: width)
      settings.set(\.classifier.encoder, \RecurrentEncoderConfiguration.hidden, to: width)
      words = "rows mapped to \(width), \(width) units in each direction"
    case .transformer:
      let layers = size.pick(TransformerSizes.classes)
      settings.set(\.classifier.input, to: .features)
      settings.set(\.classifier.embedding, to: layers.width)
      set(layers, \.classifier.encoder, TransformerEncoderConfiguration.self)
      words = layers.words
    // No layer reads the rows in their order; encoders of images are not asked for.
    case .features, .vision, .convolutional: words = "features as they are"
    }
    reasons.append(
      "model: \(family.rawValue), \(words), pooling by attention, whose weights say which rows counted, dropout of "
        + "\(dropout)")
    chooseTraining(
      classes, epochs: size.epochs(20, of: 4000, atMost: 60),
      rate: family == .transformer ? 0.002 : 0.005)
    if family == .transformer { chooseAdam() }
    setWarmup(settings.value.training)
  }
}
