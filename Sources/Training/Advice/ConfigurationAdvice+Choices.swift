import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanText

extension ConfigurationAdvice {
  /// Pieces of words, and a decoder whose output layer is small and tied to the word vectors.
  mutating func chooseTranslation(_ profile: CorpusProfile, _ size: Size) {
    let vocabulary = size.pick(2000, 6000, 10_000, 16_000)
    let isShared = profile.sourceScript == profile.targetScript && profile.overlap > 0.3
    let percent = NumberText.fixed(100 * profile.overlap, decimals: 0)
    reasons.append(
      "tokenizer: bpe with up to \(NumberText.grouped(vocabulary)) pieces, since there are "
        + "\(NumberText.grouped(profile.pairs)) pairs to learn them from; "
        + (isShared ? "one vocabulary" : "a vocabulary for each side")
        + ", since \(percent) % of the target words also stand in sources"
        + " (\(profile.sourceScript.rawValue) and \(profile.targetScript.rawValue) script)")
    settings.set(\.tokenizer.kind, to: .bpe)
    settings.set(\.tokenizer.vocabulary, to: vocabulary)
    settings.set(\.tokenizer.shared, to: isShared)
    settings.set(\.tokenizer.dropout, to: size.pick(0.1, 0.1, 0.1, 0.05))
    choosePunctuation(size)

    let hiddens = [256, 256, 256, 512]
    let hidden = size.pick(hiddens)
    let layers = size.pick(TransformerSizes.sentences)
    // Where a table of word vectors is the output layer too, they are as wide as what a Transformer's decoder gives.
    let embedding = families.hasTransformer ? layers.width : 256
    settings.set(\.model.embedding, to: embedding)
    let sizes = chooseSides(encoder: hidden, decoder: hidden, layers)
    if families.decoder == .recurrent {
      settings.set(\.model.decoder, \RecurrentDecoderConfiguration.output.kind, to: .deep)
    }
    settings.set(\.model.tied, to: families.hasTransformer && isShared ? .all : .output)
    let dropsOutput = families.decoder == .recurrent
    choose(
      [0.3, 0.2, 0.1, 0.1].map {
        Dropout(embedding: $0, encoded: $0, output: dropsOutput ? $0 : 0)
      }, size,
      beside: "word vectors of \(embedding), \(sizes), a tied output layer",
      scope: scope(of: hiddens, TransformerSizes.sentences, size))
    chooseWholeLayers()

    // More and smaller updates than an epoch would get by default.
    let isMany = profile.pairs + TaskGuess.targetWords(profile) > 75_000
    if families.hasTransformer {
      settings.set(\.training.batchTokens, to: 2000)
    } else if isMany, size.pick(true, false, false, false) {
      settings.set(\.training.batchTokens, to: 500)
    }
    chooseTraining(
      epochs: 30, of: 29_000, atMost: 120, size,
      // BLEU takes what stands between spaces for a word.
      metric: profile.targetScript.hasSpaces ? .bleu : .chrf)
    settings.set(\.decoding.beam, to: 5)
    settings.set(\.decoding.maximumLength, to: 150)
  }

  /// Characters, and a decoder as wide as both directions of the encoder if these are narrow.
  mutating func chooseWords(_ profile: CorpusProfile, _ size: Size) {
    let hasPhones = task == .g2p && TaskGuess.hasPhones(profile)
    reasons.append(
      "tokenizer: character, since lines are single words or nearly so, on one side at least"
        + (hasPhones
          ? "; on the target side word, since what stands between spaces is a phone" : ""))
    settings.set(\.tokenizer.kind, to: .character)
    if hasPhones { settings.set(\.tokenizer.targetKind, to: .word) }
    choosePunctuation(size)

    let widths = [96, 96, 256, 256]
    let width = size.pick(widths)
    let decoder = min(2 * width, 256)
    let layers = size.pick(TransformerSizes.characters)
    settings.set(\.model.embedding, to: families.hasTransformer ? layers.width : min(width, 128))
    let sizes = chooseSides(encoder: width, decoder: decoder, layers)
    choose(
      [
        Dropout(embedding: 0.2, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.2, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.1, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.1, encoded: 0.1, output: 0.1),
      ], size, beside: sizes,
      scope: scope(of: widths, TransformerSizes.characters, size))
    chooseTraining(epochs: 20, of: 123_000, atMost: 60, size, metric: .exactMatch)
    settings.set(\.decoding.beam, to: 5)
  }

  /// Punctuation of the typewriter where pairs are too few to learn that of the printer as well.
  private mutating func choosePunctuation(_ size: Size) {
    guard size.pick(true, true, false, false) else { return }
    reasons.append(
      "tokenizer: curly quotation marks, dashes and ellipses of sources are read as ', \", - and ..., since "
        + "\(NumberText.grouped(size.pairs)) pairs are too few to learn each of them")
    settings.set(\.tokenizer.punctuation, to: .folded)
  }

  /// Chances that an activation is zeroed.
  private struct Dropout: Equatable {
    let embedding: Double
    let encoded: Double
    let output: Double
  }

  /// A Transformer drops in its layers where a recurrent model drops in the encoded source.
  ///
  /// - Parameters:
  ///   - dropouts: the chances for corpora of four sizes, the smallest first.
  ///   - size: how much there is to learn from.
  ///   - sizes: what else was chosen of the model, in words.
  ///   - scope: the corpora that get a model of such sizes, in words.
  private mutating func choose(
    _ dropouts: [Dropout], _ size: Size, beside sizes: String, scope: String
  ) {
    let dropout = size.pick(dropouts)
    settings.set(\.model.dropout.embedding, to: dropout.embedding)
    if families.hasTransformer {
      settings.set(\.model.dropout.layers, to: dropout.encoded)
    } else {
      settings.set(\.model.dropout.encoded, to: dropout.encoded)
    }
    settings.set(\.model.dropout.output, to: dropout.output)
    reasons.append(
      "model: \(sizes), as \(scope); dropout of embedding \(dropout.embedding), "
        + "\(families.hasTransformer ? "layers" : "encoded") \(dropout.encoded), "
        + "output \(dropout.output), as \(size.scope(dropouts))")
  }

  /// A cosine to the end of training, smoothed labels, averaged weights: each helped wherever it was tried
  /// (docs/quality.md).
  ///
  /// - Parameters:
  ///   - wanted: the epochs that a corpus of `others` pairs wanted.
  ///   - others: how many pairs that had.
  ///   - most: the most epochs.
  ///   - size: how much there is to learn from.
  ///   - metric: what tells the best model.
  private mutating func chooseTraining(
    epochs wanted: Double, of others: Double, atMost most: Int, _ size: Size,
    metric: ValidationMetric
  ) {
    let epochs = size.epochs(wanted, of: others, atMost: most)
    reasons.append(
      "training: \(Words.count(epochs, "epoch")) over \(Words.count(size.pairs, "pair"))"
        + (epochs == most ? ", the most that are advised" : ", the fewer pairs, the more")
        + "; a cosine to their end, labels smoothed, the average of the weights kept; the best model is the best by "
        + metric.name
        + (settings.value.training.batchTokens.map {
          "; batches of \(NumberText.grouped($0)) target tokens"
        } ?? ""))
    settings.set(\.training.epochs, to: epochs)
    settings.set(\.training.optimizer.learningRate, to: families.hasTransformer ? 0.003 : 0.002)
    if families.hasTransformer { chooseAdam() }
    settings.set(\.training.schedule.kind, to: .cosine)
    settings.set(\.training.average.kind, to: .ema)
    settings.set(\.training.labelSmoothing, to: 0.1)
    settings.set(\.training.metrics, to: [metric, .loss])
    settings.set(\.training.stopOn, to: .all)
  }
}
