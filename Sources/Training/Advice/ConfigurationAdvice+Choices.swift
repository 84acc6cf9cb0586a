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
    let embedding = 256
    settings.set(\.model.embedding, to: embedding)
    settings.set(\.model.encoder, \RecurrentEncoderConfiguration.hidden, to: hidden)
    settings.set(\.model.decoder, \RecurrentDecoderConfiguration.hidden, to: hidden)
    settings.set(\.model.decoder, \RecurrentDecoderConfiguration.output.kind, to: .deep)
    settings.set(\.model.attention.size, to: hidden)
    settings.set(\.model.tied, to: .output)
    choose(
      size.pick(
        Dropout(embedding: 0.3, encoded: 0.3, output: 0.3),
        Dropout(embedding: 0.2, encoded: 0.2, output: 0.2),
        Dropout(embedding: 0.1, encoded: 0.1, output: 0.1),
        Dropout(embedding: 0.1, encoded: 0.1, output: 0.1)),
      beside: "word vectors of \(embedding), \(hidden) units, a tied output layer")

    // More and smaller updates than an epoch would get by default.
    let isMany = profile.pairs + TaskGuess.targetWords(profile) > 75_000
    if isMany, size.pick(true, false, false, false) {
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
    settings.set(\.model.embedding, to: min(width, 128))
    settings.set(\.model.encoder, \RecurrentEncoderConfiguration.hidden, to: width)
    settings.set(\.model.decoder, \RecurrentDecoderConfiguration.hidden, to: decoder)
    settings.set(\.model.attention.size, to: width)
    choose(
      size.pick(
        Dropout(embedding: 0.2, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.2, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.1, encoded: 0.2, output: 0.3),
        Dropout(embedding: 0.1, encoded: 0.1, output: 0.1)),
      beside: "\(width) units in the encoder, \(decoder) in the decoder")
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

  private mutating func choose(_ dropout: Dropout, beside sizes: String) {
    settings.set(\.model.dropout.embedding, to: dropout.embedding)
    settings.set(\.model.dropout.encoded, to: dropout.encoded)
    settings.set(\.model.dropout.output, to: dropout.output)
    reasons.append(
      "model: \(sizes), dropout of embedding \(dropout.embedding), encoded \(dropout.encoded), "
        + "output \(dropout.output): the fewer pairs, the smaller the model and the more dropout")
  }

  /// A cosine to the end of training, smoothed labels, averaged weights: each helped wherever it was tried
  /// (docs/quality.md).
  private mutating func chooseTraining(epochs: Int, _ size: Size, metric: ValidationMetric) {
    reasons.append(
      "training: \(epochs) epochs over \(NumberText.grouped(size.pairs)) pairs along a cosine, labels smoothed, the "
        + "average of the weights kept")
    settings.set(\.training.epochs, to: epochs)
    settings.set(\.training.optimizer.learningRate, to: 0.002)
    settings.set(\.training.schedule.kind, to: .cosine)
    settings.set(\.training.average.kind, to: .ema)
    settings.set(\.training.labelSmoothing, to: 0.1)
    settings.set(\.training.metrics, to: [metric, .loss])
    settings.set(\.training.stopOn, to: .all)
  }
}
