import DragomanTensor
import DragomanText

/// Draws anew for each epoch in which pieces the texts of a classifier are cut.
///
/// What is drawn follows from (seed, epoch, example), so a resumed run draws it again.
struct PieceDropout: Sendable {
  /// The chance that a merge of byte pairs is left out.
  let probability: Double
  let lines: TextLines
  /// The most tokens of a text, its end included.
  let maximumLength: Int

  /// The texts of an epoch; one that becomes too long stays as it is.
  func texts(
    of texts: ClassifiedTexts, codec: TextCodec, epoch: Int, seed: UInt64
  ) -> ClassifiedTexts {
    texts.redrawn(
      codec.encode(
        lines, at: texts.origins, else: texts.texts, dropping: probability,
        maximumLength: maximumLength
      ) { Random(seed: seed, epoch: epoch, pair: $0) })
  }
}
