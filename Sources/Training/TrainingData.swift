public import DragomanLayers
public import DragomanTensor
public import DragomanText
public import DragomanTranslation
import DragomanFormats

/// The sentence pairs of a run as ids, and the tokenizers and vocabularies that made them.
public struct TrainingData: Sendable {
  /// Reads sources.
  public let source: TextCodec
  /// Writes targets.
  public let target: TextCodec
  /// What the model learns from.
  public let train: EncodedCorpus
  /// What decides which model is best.
  public let validation: EncodedCorpus
  /// What was read, skipped and learnt.
  public let summary: DataSummary
  /// Tells these pairs from others: a checksum of all ids.
  let fingerprint: String
}
