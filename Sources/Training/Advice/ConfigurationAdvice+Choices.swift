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
      "tokenizer: bpe with \(NumberText.grouped(vocabulary)) pieces, since there are "
        + "\(NumberText.grouped(profile.pairs)) pairs to learn them from; "
        + (isShared ? "one vocabulary" : "a vocabulary for each side")
        + ", since \(percent) % of the target words also stand in sources"
        + " (\(profile.sourceScript.rawValue) and \(profile.targetScript.rawValue) script)")
    settings.set(\.tokenizer.kind, to: .bpe)
    settings.set(\.tokenizer.vocabulary, to: vocabulary)
    settings.set(\.tokenizer.shared, to: isShared)
    settings.set(\.tokenizer.dropout, to: size.pick(0.1, 0.1, 0.1, 0.05))

    let hidden = size.pick(256, 256, 256, 512)
    let layers = TransformerSizes(sentences: size)
    // Where a table of word vectors is the output layer too, they are as wide as what a Transformer's decoder gives.
    let embedding = families.hasTransformer ? layers.width : 256
    settings.set(\.model.embedding, to: embedding)
    let sizes = chooseSides(encoder: hidden, decoder: hidden, layers)
    if families.decoder == .recurrent {
      settings.set(\.model.decoder, \RecurrentDecoderConfiguration.output.kind, to: .deep)
    }
    settings.set(\.model.tied, to: families.hasTransformer && isShared ? .all : .output)
    let dropout = size.pick(0.3, 0.2, 0.1, 0.1)
    choose(
      Dropout(embedding: dropout, encoded: dropout, output: dropout),
      beside: "word vectors of \(embedding), \(sizes), a tied output layer")

    // More and smaller updates than an epoch would get by default.
    let isMany = profile.pairs + TaskGuess.targetWords(profile) > 75_000
    if families.hasTransformer {
      settings.set(\.training.batchTokens, to: 2000)
    } else if isMany, size.pick(true, false, false, false) {
      settings.set(\.training.batchTokens, to: 500)
    }
    chooseTraining(
      epochs: size.epochs(30, of: 29_000, atMost: 120), size,
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

    let width = size.pick(96, 96, 256, 256)
    let decoder = min(2 * width, 256)
    let layers = TransformerSizes(characters: size)
    settings.set(\.model.embedding, to: families.hasTransformer ? layers.width : min(width, 128))
    let sizes = chooseSides(encoder: width, decoder: decoder, layers)
    choose(
      size.pick(
        Dropout(embedding: 0.2, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.2, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.1, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.1, encoded: 0.1, output: 0.1)),
      beside: sizes)
    chooseTraining(
      epochs: size.epochs(20, of: 123_000, atMost: 60), size, metric: .exactMatch)
    settings.set(\.decoding.beam, to: 5)
  }

  /// Chances that an activation is zeroed.
  private struct Dropout {
    let embedding: Double
    let encoded: Double
    let output: Double
  }

  /// A Transformer drops in its layers where a recurrent model drops in the encoded source.
  private mutating func choose(_ dropout: Dropout, beside sizes: String) {
    settings.set(\.model.dropout.embedding, to: dropout.embedding)
    if families.hasTransformer {
      settings.set(\.model.dropout.layers, to: dropout.encoded)
    } else {
      settings.set(\.model.dropout.encoded, to: dropout.encoded)
    }
    settings.set(\.model.dropout.output, to: dropout.output)
    reasons.append(
      "model: \(sizes), dropout of embedding \(dropout.embedding), "
        + "\(families.hasTransformer ? "layers" : "encoded") \(dropout.encoded), "
        + "output \(dropout.output): the fewer pairs, the smaller the model and the more dropout")
  }

  /// A cosine to the end of training, smoothed labels, averaged weights: each helped wherever it was tried
  /// (docs/quality.md).
  private mutating func chooseTraining(epochs: Int, _ size: Size, metric: ValidationMetric) {
    reasons.append(
      "training: \(epochs) epochs over \(NumberText.grouped(size.pairs)) pairs along a cosine, labels smoothed, the "
        + "average of the weights kept")
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
