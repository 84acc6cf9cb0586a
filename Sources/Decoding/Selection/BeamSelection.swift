import DragomanTensor

/// Chooses the most probable continuations of all hypotheses of a sentence.
///
///     log p(h, v) = log p(h) + log p(v | h)         hypothesis h, token v
///
/// What is further below the best of these than the threshold is left out: absolute threshold pruning, Freitag and
/// Al-Onaizan 2017 (https://aclanthology.org/W17-3207).
struct BeamSelection: ContinuationSelection {
  /// Logits will do: of a row, they are in the order of the log-probabilities.
  let needsProbabilities = false
  /// How much less probable than the best of its sentence a continuation may be, in nats.
  let threshold: Double

  /// The best `widths` continuations of each sentence; of equal ones that of the earlier hypothesis, then the
  /// lower id.
  func select(
    _ live: [LiveHypothesis], groups: [SentenceGroup], scores: StepScores, _ workspace: Workspace
  ) -> [[Continuation]] {
    let count = min(groups.map(\.width).max() ?? 1, scores.matrix.columns)
    let top = scores.top(count, workspace.kernels)
    return groups.map { group in
      // The continuations of a row are in order, so that the best one is at the head of a row.
      var heads = group.rows.map { $0 * count }
      var chosen: [Continuation] = []
      var floor = -Double.infinity
      while chosen.count < group.width {
        var best: (place: Int, logProbability: Double)?
        for (place, row) in group.rows.enumerated() where heads[place] < (row + 1) * count {
          let logProbability = live[row].logProbability + Double(top.scores[heads[place]])
          // A row of a model that has gone astray has no numbers to compare.
          guard top.columns[heads[place]] >= 0, !logProbability.isNaN else { continue }
          if best.map({ logProbability > $0.logProbability }) ?? true {
            best = (place, logProbability)
          }
        }
        guard let best, chosen.isEmpty || best.logProbability >= floor else { break }
        if chosen.isEmpty { floor = best.logProbability - threshold }
        let head = heads[best.place]
        chosen.append(
          Continuation(
            row: group.rows.lowerBound + best.place, token: top.columns[head],
            logProbability: top.scores[head]))
        heads[best.place] += 1
      }
      return chosen
    }
  }
}
