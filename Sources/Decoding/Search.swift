package import DragomanModels

/// How translations are written token by token, by beam search or by drawing: the models and the rules.
///
/// A ``Search`` is the recipe and changes nothing; an ``OngoingSearch`` holds the state of one that is under way, and
/// makes its moves.
///
/// The hypotheses of all sentences are the rows of one batch; a hypothesis that has ended leaves it, and so does a
/// sentence none of whose hypotheses can win any more. In the order of weight:
///
/// 1. A translation depends on its source alone, not on the batch, the threads or the instruction set: every number
///    is computed from the rows of its sentence, and choices among equals are fixed.
/// 2. A beam of 1 is greedy search: the most probable token at every step, of equals the lower id.
/// 3. Giving up early changes no result.
/// 4. A step takes no new memory for numbers: states live in two places by turns.
package struct Search: Sendable {
  /// The models, which write together.
  let ensemble: Ensemble
  /// The id that a target begins after.
  let begin: Int32
  /// The id that ends a target.
  let end: Int32
  /// How they write.
  package let decoding: DecodingConfiguration
  /// The tokens that may not come next.
  let filter: TokenFilter
  /// What draws tokens; `nil` where a beam chooses them.
  let sampler: Sampler?
  /// What chooses among the tokens that may come next.
  let selection: any ContinuationSelection

  /// A search by models of the same vocabularies, with the ids of that of the targets.
  ///
  /// The begin is never written, nor is the unknown token with `decoding.forbidUnknown`.
  package init(
    _ models: [PackedModel], begin: Int32, end: Int32, unknown: Int32? = nil,
    _ decoding: DecodingConfiguration
  ) {
    ensemble = Ensemble(models)
    self.begin = begin
    self.end = end
    self.decoding = decoding
    filter = TokenFilter(
      end: end, noRepeat: decoding.noRepeat,
      forbidden: [begin] + (decoding.forbidUnknown ? [unknown].compactMap { $0 } : []))
    switch decoding.search {
    case .beam:
      (sampler, selection) = (nil, BeamSelection(threshold: decoding.beamThreshold ?? .infinity))
    case .sampling:
      let sampler = Sampler(decoding)
      (self.sampler, selection) = (sampler, sampler)
    }
  }

  /// Whether each step takes the most probable token and nothing else.
  var isGreedy: Bool { decoding.search == .beam && decoding.beam == 1 }
}
