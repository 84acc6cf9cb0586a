import DragomanFormats
import DragomanLayers
package import DragomanModels
package import DragomanText
import DragomanTranslation

extension ConfigurationAdvice {
  /// Chooses settings for a classifier of texts.
  ///
  /// - Parameters:
  ///   - profile: what the texts are like.
  ///   - classes: their classes.
  ///   - family: what reads.
  ///   - isAsked: whether somebody said that these are classes.
  package init(
    texts profile: CorpusProfile, _ classes: ClassProfile,
    family: EncoderConfiguration.Kind = .recurrent, isAsked: Bool
  ) {
    let words = Double(profile.source.words) / Double(max(profile.pairs, 1))
    let characters = Double(profile.source.characters) / Double(max(profile.pairs, 1))
    let isOfCharacters = words <= 1.5 || characters <= 25 || !profile.sourceScript.hasSpaces
    self.init(
      classes: classes,
      amount: .tokens(
        profile.pairs + (isOfCharacters ? profile.source.characters : profile.source.words)),
      isAsked: isAsked)
    let size = Size(pairs: profile.pairs)
    if isOfCharacters {
      chooseCharacters(profile, mean: characters)
    } else {
      choosePieces(profile, size)
    }
    settings.set(\.classifier.pooling, to: .attention)
    let sizes: String
    let widths = [64, 96, 128, 256]
    switch family {
    case .recurrent:
      let width = size.pick(widths)
      settings.set(\.classifier.embedding, to: width)
      settings.set(\.classifier.encoder, \RecurrentEncoderConfiguration.hidden, to: width)
      sizes = "word vectors of \(width), \(width) units in each direction"
    case .transformer:
      let layers = size.pick(TransformerSizes.classes)
      settings.set(\.classifier.embedding, to: layers.width)
      set(layers, \.classifier.encoder, TransformerEncoderConfiguration.self)
      sizes = layers.words
    // Advice on texts is asked for the other two alone.
    case .vision, .convolutional, .features: sizes = "as they are"
    }
    let dropouts = [0.3, 0.2, 0.2, 0.1]
    let dropout = size.pick(dropouts)
    // The sizes of both families change at each level.
    let scope = size.scope(zip(widths, dropouts).map { [Double($0), $1] })
      .replacing("pairs", with: "examples")
    settings.set(\.classifier.dropout.embedding, to: dropout)
    settings.set(\.classifier.dropout.layers, to: dropout)
    settings.set(\.classifier.dropout.pooled, to: dropout)
    reasons.append(
      "model: \(family.rawValue), \(sizes), pooling by attention, whose weights say which tokens counted, dropout of "
        + "\(dropout), \(scope)")
    chooseTraining(
      classes, epochs: size.epochs(10, of: 4000, atMost: 30),
      rate: family == .transformer ? 0.002 : 0.003)
    if family == .transformer { chooseAdam() }
    setWarmup(settings.value.training)
  }

  /// What advice on any classifier begins with.
  init(classes: ClassProfile, amount: Amount, isAsked: Bool) {
    (task, families, self.amount) = (nil, FamilyChoice(), amount)
    settings.set(\.task, to: .classification)
    reasons.append("task: classification, \(isAsked ? "as asked for" : classes.reason)")
  }

  private mutating func chooseCharacters(_ profile: CorpusProfile, mean: Double) {
    let most = profile.source.mostCharacters
    let maximumLength = min(max((most / 10 + 1) * 10, 50), 500)
    settings.set(\.tokenizer.kind, to: .character)
    settings.set(\.data.maximumLength, to: maximumLength)
    reasons.append(
      "tokenizer: character, since texts have \(NumberText.fixed(mean, decimals: 1)) characters on average"
        + (profile.sourceScript.hasSpaces
          ? "" : " in \(profile.sourceScript.rawValue) script, which has no spaces"))
    reasons.append(
      "data.maximumLength: \(maximumLength); the longest text has \(NumberText.grouped(most)) characters"
    )
  }

  private mutating func choosePieces(_ profile: CorpusProfile, _ size: Size) {
    let vocabulary = size.pick(1000, 4000, 8000, 16_000)
    // A word is two pieces at the most, nearly always.
    let maximumLength = min(max((2 * profile.source.mostWords / 10 + 1) * 10, 100), 1000)
    settings.set(\.tokenizer.kind, to: .bpe)
    settings.set(\.tokenizer.vocabulary, to: vocabulary)
    settings.set(\.data.maximumLength, to: maximumLength)
    reasons.append(
      "tokenizer: bpe with \(NumberText.grouped(vocabulary)) pieces, since there are "
        + "\(NumberText.grouped(profile.pairs)) texts to learn them from, and no word is unknown then"
    )
    reasons.append(
      "data.maximumLength: \(maximumLength); the longest text has "
        + "\(NumberText.grouped(profile.source.mostWords)) words")
  }

  /// A cosine to the end of training; the metric by how unlike the classes are in number.
  mutating func chooseTraining(_ classes: ClassProfile, epochs: Int, rate: Double) {
    let isUnequal = classes.imbalance >= 10
    settings.set(\.training.epochs, to: epochs)
    settings.set(\.training.optimizer.learningRate, to: rate)
    settings.set(\.training.schedule.kind, to: .cosine)
    settings.set(\.training.metrics, to: isUnequal ? [.macroF1, .accuracy] : [.accuracy, .loss])
    reasons.append(
      "training: \(Words.count(epochs, "epoch")) over \(Words.count(classes.examples, "example")) along a cosine"
    )
    reasons.append(
      "training.metrics: \(isUnequal ? "macro F1" : "accuracy") says which model is the best; there are "
        + classes.description
        + (isUnequal
          ? ". Where rare ones are to count as much as others in training, set training.classWeights to \"balanced\""
          : ""))
  }
}
