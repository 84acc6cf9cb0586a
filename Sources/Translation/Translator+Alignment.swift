import DragomanDecoding
import DragomanFormats
import DragomanModels
package import DragomanText

extension Translator {
  /// Given translations, with where the models look while they write them.
  ///
  /// Each is forced as a prefix that leaves nothing to be written but the end. ``Translation/text`` is the
  /// target, and its tokens are without the end if a model would go on there.
  package func aligned(_ pairs: [SentencePair]) -> [Translation] {
    pairs.map { pair in
      let text = TextGate.text(pair.target)
      let length = model.target.encode(text).count
      guard length > 0 else { return .empty(pair.source) }
      var aligner = self
      aligner.decoding = DecodingConfiguration()
      aligner.decoding.maximumLength = length + 1
      let forced = aligner.translate(
        pair.source, TranslationOptions(prefix: pair.target, withAttention: true))
      let isEnded =
        forced.targetIDs.count > length && forced.targetIDs[length] == model.target.vocabulary.end
      return forced.cut(to: isEnded ? length + 1 : length, text: text)
    }
  }
}

extension Translation {
  /// The translation up to a number of tokens, which are those of a text.
  fileprivate func cut(to count: Int, text: String) -> Translation {
    Translation(
      source: source, text: text, sourceTokens: sourceTokens,
      targetTokens: Array(targetTokens.prefix(count)),
      logProbabilities: Array(logProbabilities.prefix(count)),
      attention: Array(attention.prefix(count)), sourceWords: sourceWords,
      targetWords: Array(targetWords.prefix(count)), score: score, isCutOff: isCutOff,
      isBroken: isBroken, sourceIDs: sourceIDs, targetIDs: Array(targetIDs.prefix(count)))
  }
}
