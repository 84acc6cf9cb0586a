/// What becomes of the hypotheses: the second half of a step.
extension OngoingSearch {
  /// Lets hypotheses go on, and gives for each that has not ended the row that it comes from.
  ///
  /// - Parameters:
  ///   - chosen: the continuations of each of ``groups``; of a group that has none, nothing may follow.
  ///   - attention: the weights of a row, where they are kept.
  mutating func extend(
    by chosen: [[Continuation]], attention: ((Int) -> [Float])?
  ) -> [Int32] {
    var staying: [LiveHypothesis] = []
    var rows: [Int32] = []
    for (group, continuations) in zip(groups, chosen) {
      if continuations.isEmpty {
        // Nothing may follow: what there is, is all. Where no rule forbids anything, no number was one.
        for row in group.rows {
          let isRuled = search.filter.isActive(
            step: step, minimum: beams[live[row].sentence].limits.minimum)
          finish(live[row], isFinished: false, isBroken: !isRuled)
        }
      }
      let start = staying.count
      var weights: [Int: [Float]] = [:]
      for continuation in continuations {
        let row = continuation.row
        if let attention, weights[row] == nil { weights[row] = attention(row) }
        let hypothesis = append(continuation, attention: weights[row])
        let isFinished = continuation.token == search.end
        if isFinished || hypothesis.length == beams[group.sentence].limits.maximum {
          finish(hypothesis, isFinished: isFinished)
        } else {
          staying.append(hypothesis)
          rows.append(Int32(row))
        }
      }
      let best = staying[start...].map(\.logProbability).max()
      if let best, beams[group.sentence].isDecided(best: best) {
        recorder?.abandon(staying[start...])
        staying.removeSubrange(start...)
        rows.removeSubrange(start...)
      }
    }
    live = staying
    return rows
  }

  /// The hypothesis of a row with a token more.
  private mutating func append(
    _ continuation: Continuation, attention: [Float]?
  ) -> LiveHypothesis {
    var hypothesis = live[continuation.row]
    let node = trellis.append(
      continuation.token, logProbability: continuation.logProbability, attention: attention,
      after: hypothesis.node)
    recorder?.add(continuation, at: node, after: hypothesis)
    hypothesis.node = node
    hypothesis.token = continuation.token
    hypothesis.length += 1
    hypothesis.logProbability += Double(continuation.logProbability)
    return hypothesis
  }

  /// Takes a hypothesis that goes on no further; one is broken where no number led on.
  private mutating func finish(
    _ hypothesis: LiveHypothesis, isFinished: Bool, isBroken: Bool = false
  ) {
    var found = trellis.hypothesis(at: hypothesis.node, isFinished: isFinished)
    found.isBroken = isBroken
    beams[hypothesis.sentence].finish(found)
    recorder?.finish(hypothesis, isFinished: isFinished)
  }
}
