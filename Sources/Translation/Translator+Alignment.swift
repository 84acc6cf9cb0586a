import DragomanDecoding
import DragomanFormats
import DragomanModels
package import DragomanText

extension Translator {
  /// Given translations, with where the models look while they write them.
  ///
  /// Each is forced as a prefix that leaves nothing to be written but the end. ``Translation/text`` is what the tokens
  /// of the target spell; without the end if a model would go on there.
  package func aligned(_ pairs: [SentencePair]) -> [Translation] {
    pairs.map { pair in
      let length = model.target.encode(TextGate.text(pair.target)).count
      guard length > 0 else { return .empty(pair.source) }
      var aligner = self
      aligner.decoding = DecodingConfiguration()
      aligner.decoding.maximumLength = length + 1
      let forced = aligner.translate(
        pair.source, TranslationOptions(prefix: pair.target, withAttention: true))
      let isEnded =
        forced.targetIDs.count > length && forced.targetIDs[length] == model.target.vocabulary.end
      return forced.cut(to: isEnded ? length + 1 : length)
    }
  }
}

extension Translation {
  /// The translation up to a number of tokens; the text is that of all.
  fileprivate func cut(to count: Int) -> Translation {
    Translation(
      source: source, text: text, sourceTokens: sourceTokens,
      targetTokens: Array(targetTokens.prefix(count)),
      logProbabilities: Array(logProbabilities.prefix(count)),
      attention: Array(attention.prefix(count)), sourceWords: sourceWords,
      targetWords: Array(targetWords.prefix(count)), score: score, isCutOff: isCutOff,
      isBroken: isBroken, sourceIDs: sourceIDs, targetIDs: Array(targetIDs.prefix(count)))
  }
}
