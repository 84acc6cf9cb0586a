package import DragomanModels
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
    write(about: .tokens(sources), options: options, workspace)
  }

  /// The same of sources of any kind.
  package func write(
    about source: Source, options: SearchOptions = SearchOptions(), _ workspace: Workspace
  ) -> [[Hypothesis]] {
    guard source.count > 0 else { return [] }
    var ongoing = OngoingSearch(self, source, options, workspace)
    while !ongoing.isFinished { ongoing.advance() }
    return ongoing.hypotheses
  }
}
