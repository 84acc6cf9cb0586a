import DragomanText
import DragomanTranslation

extension PretrainedModel {
  /// The model's tokenizers and vocabularies, with what is new in the training pairs appended if that is asked for.
  ///
  /// New entries come by frequency, those rarer than `tokenizer.minimumFrequency` left out, until the
  /// vocabulary has `tokenizer.vocabulary` entries.
  func codecs(
    _ configuration: RunConfiguration, _ text: ParallelCorpus
  ) throws -> (source: TextCodec, target: TextCodec) {
    let file = try translation
    guard extendsVocabulary else { return (file.source, file.target) }
    if configuration.tokenizer.shared {
      let both = try extended(
        file.source, by: [(text.sources, .source), (text.targets, .target)], configuration.tokenizer
      )
      return (both, both.of(.target))
    }
    return (
      try extended(file.source, by: [(text.sources, .source)], configuration.tokenizer),
      try extended(file.target, by: [(text.targets, .target)], configuration.tokenizer)
    )
  }

  /// The same of a classifier; `nil` if the model reads images.
  func codec(_ configuration: RunConfiguration, _ text: ParallelCorpus) throws -> TextCodec? {
    guard let own = source else { return nil }
    return extendsVocabulary
      ? try extended(own, by: [(text.sources, .source)], configuration.tokenizer) : own
  }

  /// What made numbers of what the model reads.
  var source: TextCodec? {
    switch saved {
    case .translation(let file): file.source
    case .classification(let file): file.trained.codec
    case .captioning: nil
    }
  }

  /// What the model writes captions with, with what is new in the training captions appended if that is asked for;
  /// `nil` of one that writes none.
  func captionCodec(_ configuration: RunConfiguration, _ text: ParallelCorpus) throws -> TextCodec?
  {
    guard case .captioning(let file) = saved else { return nil }
    return extendsVocabulary
      ? try extended(
        file.trained.target, by: [(text.targets, .target)], configuration.tokenizer
      ).of(.target) : file.trained.target
  }

  private func extended(
    _ codec: TextCodec, by texts: [(lines: TextLines, side: TextSide)],
    _ tokenizer: TokenizerConfiguration
  ) throws -> TextCodec {
    let found = TextCodec.trained(
      on: texts, kind: codec.tokenizer.kind, vocabularySize: .max,
      minimumFrequency: tokenizer.minimumFrequency, codec.tokenizer.normalization, threads: 1)
    let known = codec.vocabulary.tokens
    let new = found.vocabulary.tokens.filter {
      codec.vocabulary.id(of: $0) == codec.vocabulary.unknown && !Vocabulary.specials.contains($0)
    }
    let room = max(tokenizer.vocabulary - known.count, 0)
    let vocabulary = Vocabulary(known + new.prefix(room))
    guard vocabulary.tokens.starts(with: known) else {
      throw PretrainedModelError.otherSpecials(path: path)
    }
    return TextCodec(tokenizer: codec.tokenizer, vocabulary: vocabulary)
  }
}
