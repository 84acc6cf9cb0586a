package import DragomanTensor

extension Search {
  /// Translates sources, each of which ends in its end token: all steps of an ``OngoingSearch`` at once.
  ///
  /// - Parameters:
  ///   - sources: the ids of the sources.
  ///   - options: what is wanted of them.
  ///   - workspace: scratch memory.
  /// - Returns: for each source its hypotheses, the best first.
  package func translate(
    _ sources: [[Int32]], options: SearchOptions = SearchOptions(), _ workspace: Workspace
  ) -> [[Hypothesis]] {
    guard !sources.isEmpty else { return [] }
    var ongoing = OngoingSearch(self, sources, options, workspace)
    while !ongoing.isFinished { ongoing.advance() }
    return ongoing.hypotheses
  }
}
