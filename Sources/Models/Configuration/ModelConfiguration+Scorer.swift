package import DragomanLayers

extension ModelConfiguration {
  /// The type of the scorer.
  package var scorerType: any AttentionScorer.Type {
    attention.score.type(isCovered: attention.coverage)
  }

  /// The sizes the scorer is made for.
  package var scorerSizes: ScorerSizes {
    ScorerSizes(
      decoder: decoder.width, encoder: encoder.width, hidden: attention.size,
      positions: attention.positions ?? 0)
  }
}
