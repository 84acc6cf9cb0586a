import DragomanTensor
import DragomanText

/// Draws the pieces of the training pairs anew for each epoch.
///
/// What is drawn follows from (seed, epoch, pair), so a resumed run draws it again.
struct PieceDropout: Sendable {
  let probability: Double
  let text: ParallelCorpus
  /// The most tokens of a side, ends included.
  let maximumLengths: (source: Int, target: Int)
  let threads: Int

  /// The pairs of an epoch.
  func pairs(
    of corpus: EncodedCorpus, source: TextCodec, target: TextCodec, epoch: Int, seed: UInt64
  ) -> EncodedCorpus {
    corpus.redrawn(
      from: text, source: source, target: target, dropping: probability,
      maximumSourceLength: maximumLengths.source, maximumTargetLength: maximumLengths.target,
      threads: threads
    ) { Random(seed: seed, epoch: epoch, pair: $0) }
  }
}
