import DragomanTensor

/// What the sentences go on with: the first half of a step.
extension OngoingSearch {
  /// The continuations of each sentence that is not done, the best first.
  ///
  /// The prefix has its say first; then the screen, where nothing but the best token is wanted; then the scores of all
  /// tokens, less those that rules forbid.
  mutating func continuations(after next: Ensemble.Step) -> [[Continuation]] {
    if step < options.prefix.count { return forced(options.prefix[step], after: next) }
    let filtered = filteredRows
    return screened(after: next, filtered) ?? selected(after: next, filtered)
  }

  /// Each row with a token of the prefix, whatever it is.
  private mutating func forced(_ token: Int32, after next: Ensemble.Step) -> [[Continuation]] {
    var scores = search.ensemble.scores(of: next, workspace)
    scores.normalize(workspace.kernels)
    note(scores)
    return groups.map { group in
      group.rows.map { row in
        // No probability is 0, however small it is.
        let found = scores.matrix[row, Int(token)]
        let logProbability = found > -Self.longestExponent ? found : -Self.longestExponent
        return Continuation(row: row, token: token, logProbability: logProbability)
      }
    }
  }

  /// ln of the smallest float, its sign turned.
  private static let longestExponent: Float = 104

  /// The most probable token of each row, without the probabilities of all; `nil` where these are needed, where a rule
  /// has its say, or where there is no screen that saves time.
  private mutating func screened(
    after next: Ensemble.Step, _ filtered: [Int]
  ) -> [[Continuation]]? {
    guard search.isGreedy, !options.computesProbabilities, filtered.isEmpty, record.isWorthwhile,
      let screen = search.ensemble.screen
    else { return nil }
    let tokens = search.ensemble.mostProbable(after: next, screen, &record, workspace)
    // Then the scores of all tokens tell the next one.
    guard !tokens.contains(where: search.filter.forbidden.contains) else { return nil }
    return tokens.enumerated().map { row, token in
      token < 0 ? [] : [Continuation(row: row, token: token, logProbability: 0)]
    }
  }

  /// What is chosen by the scores of all tokens.
  private mutating func selected(
    after next: Ensemble.Step, _ filtered: [Int]
  ) -> [[Continuation]] {
    var scores = search.ensemble.scores(of: next, workspace)
    // What a row is compared by must not depend on whether a rule has its say in another one.
    if search.selection.needsProbabilities {
      scores.normalize(workspace.kernels)
      search.filter.applyAlways(to: scores.matrix)
    } else if !filtered.isEmpty {
      scores.keepNormalizers(workspace.kernels)
    }
    for row in filtered {
      search.filter.apply(
        to: scores.matrix, row: row, after: trellis.tokens(to: live[row].node),
        minimum: beams[live[row].sentence].limits.minimum)
    }
    var chosen = search.selection.select(live, groups: groups, scores: scores, workspace)
    // A model hardly ever wants what may never come, and others' best tokens are the same without it.
    if chosen.joined().contains(where: { search.filter.forbidden.contains($0.token) }) {
      if filtered.isEmpty { scores.keepNormalizers(workspace.kernels) }
      search.filter.applyAlways(to: scores.matrix)
      chosen = search.selection.select(live, groups: groups, scores: scores, workspace)
    }
    note(scores)
    return chosen
  }

  /// Shows the recorder what might come next, as far as rules allow it.
  private mutating func note(_ scores: StepScores) {
    let (live, kernels) = (live, workspace.kernels)
    recorder?.add(scores, of: live, kernels)
  }

  /// The rows in which some tokens may not come next.
  private var filteredRows: [Int] {
    live.indices.filter {
      search.filter.isActive(step: step, minimum: beams[live[$0].sentence].limits.minimum)
    }
  }
}
