import DragomanTensor
import DragomanText

/// Draws anew for each epoch in which pieces the training pairs are cut, and how their sources are written.
///
/// What is drawn follows from (seed, epoch, pair), so a resumed run draws it again. The pairs of one epoch are in
/// memory.
struct PairVariants: Sendable {
  /// The chance that a merge of byte pairs is left out.
  let dropout: Double
  /// The ways in which sources may be written besides their own.
  let variants: [SourceVariant]
  let text: ParallelCorpus
  /// The most tokens of a side, ends included.
  let maximumLengths: (source: Int, target: Int)
  let threads: Int

  /// The pairs of an epoch.
  func pairs(
    of corpus: EncodedCorpus, source: TextCodec, target: TextCodec, epoch: Int, seed: UInt64
  ) -> EncodedCorpus {
    corpus.redrawn(
      from: text, source: source, target: target, dropping: dropout, variants: variants,
      maximumSourceLength: maximumLengths.source, maximumTargetLength: maximumLengths.target,
      threads: threads
    ) { Random(seed: seed, epoch: epoch, pair: $0) }
  }
}
