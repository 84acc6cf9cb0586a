package import DragomanModels
package import DragomanTensor

/// Writes translations token by token: by beam search, or by drawing.
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
  let ensemble: Ensemble
  /// The id that a target begins after.
  let begin: Int32
  /// The id that ends a target.
  let end: Int32
  let decoding: DecodingConfiguration
  private let filter: TokenFilter
  let sampler: Sampler?
  private let selection: any ContinuationSelection

  /// A search by models of the same vocabularies, with the ids of that of the targets.
  package init(_ models: [PackedModel], begin: Int32, end: Int32, _ decoding: DecodingConfiguration)
  {
    ensemble = Ensemble(models)
    self.begin = begin
    self.end = end
    self.decoding = decoding
    filter = TokenFilter(end: end, noRepeat: decoding.noRepeat)
    switch decoding.search {
    case .beam:
      (sampler, selection) = (nil, BeamSelection(threshold: decoding.beamThreshold ?? .infinity))
    case .sampling:
      let sampler = Sampler(decoding)
      (self.sampler, selection) = (sampler, sampler)
    }
  }

  /// Translates sources, each of which ends in its end token.
  ///
  /// - Parameters:
  ///   - sources: the ids of the sources.
  ///   - prefix: ids that each translation begins with.
  ///   - count: translations wanted of each source; a beam gives as many as it is wide at most.
  ///   - withAttention: whether hypotheses keep their attention.
  ///   - withProbabilities: whether they keep their probabilities and scores; greedy search is faster without.
  ///   - workspace: scratch memory.
  /// - Returns: for each source its hypotheses, the best first.
  package func translate(
    _ sources: [[Int32]], prefix: [Int32] = [], count: Int = 1, withAttention: Bool = false,
    withProbabilities: Bool = true, _ workspace: Workspace
  ) -> [[Hypothesis]] {
    guard !sources.isEmpty else { return [] }
    var ongoing = OngoingSearch(
      self, sources, prefix: prefix, count: count, withAttention: withAttention,
      withProbabilities: withProbabilities, workspace)
    while !ongoing.isFinished { ongoing.advance() }
    return ongoing.hypotheses
  }

  /// The most probable token of each row, without the probabilities of all; `nil` where these are needed, or where
  /// there is no screen that saves time.
  func greedy(
    _ live: [LiveHypothesis], _ beams: [Beam], _ step: Int, _ next: Ensemble.Step,
    _ record: inout ScreenRecord, _ workspace: Workspace
  ) -> [[Continuation]]? {
    guard decoding.search == .beam, decoding.beam == 1, let screen = ensemble.screen,
      record.isWorthwhile, filtered(live, beams, step).isEmpty
    else { return nil }
    return ensemble.mostProbable(after: next, screen, &record, workspace).enumerated().map {
      $1 < 0 ? [] : [Continuation(row: $0, token: $1, logProbability: 0)]
    }
  }

  /// What each sentence goes on with.
  func continuations(
    of live: [LiveHypothesis], _ beams: [Beam], _ trellis: Trellis, _ prefix: [Int32], _ step: Int,
    _ next: Ensemble.Step, _ recorder: inout SearchRecorder?, _ workspace: Workspace
  ) -> [[Continuation]] {
    var scores = ensemble.scores(of: next, workspace)
    if step < prefix.count {
      scores.normalize(workspace.kernels)
      recorder?.add(scores, of: live, workspace.kernels)
      let token = prefix[step]
      return groups(of: live, beams).map { group in
        group.rows.map {
          // No probability is 0, however small it is.
          let found = scores.matrix[$0, Int(token)]
          let logProbability = found > -Self.longestExponent ? found : -Self.longestExponent
          return Continuation(row: $0, token: token, logProbability: logProbability)
        }
      }
    }
    let filtered = filtered(live, beams, step)
    // What a row is compared by must not depend on whether a rule has its say in another one.
    if selection.needsProbabilities {
      scores.normalize(workspace.kernels)
    } else if !filtered.isEmpty {
      scores.keepNormalizers(workspace.kernels)
    }
    for row in filtered {
      filter.apply(
        to: scores.matrix, row: row, after: trellis.tokens(to: live[row].node),
        minimum: beams[live[row].sentence].limits.minimum)
    }
    recorder?.add(scores, of: live, workspace.kernels)
    return selection.select(live, groups: groups(of: live, beams), scores: scores, workspace)
  }

  /// The rows in which some tokens may not come next.
  private func filtered(_ live: [LiveHypothesis], _ beams: [Beam], _ step: Int) -> [Int] {
    live.indices.filter {
      filter.isActive(step: step, minimum: beams[live[$0].sentence].limits.minimum)
    }
  }

  /// ln of the smallest float, its sign turned.
  private static let longestExponent: Float = 104

  /// The rows of each sentence that is not done.
  private func groups(of live: [LiveHypothesis], _ beams: [Beam]) -> [SentenceGroup] {
    var groups: [SentenceGroup] = []
    var start = 0
    for row in live.indices
    where row + 1 == live.count || live[row + 1].sentence != live[row].sentence {
      let sentence = live[row].sentence
      groups.append(
        SentenceGroup(sentence: sentence, rows: start..<(row + 1), width: beams[sentence].width))
      start = row + 1
    }
    return groups
  }

  /// Lets hypotheses go on, and gives those that have not ended with the rows that they come from.
  func extend(
    _ live: [LiveHypothesis], by chosen: [[Continuation]], _ beams: inout [Beam],
    _ trellis: inout Trellis, _ recorder: inout SearchRecorder?, attention: ((Int) -> [Float])?
  ) -> (live: [LiveHypothesis], rows: [Int32]) {
    var staying: [LiveHypothesis] = []
    var rows: [Int32] = []
    for (group, continuations) in zip(groups(of: live, beams), chosen) {
      let sentence = group.sentence
      if continuations.isEmpty {
        // Nothing may follow: what there is, is all.
        for row in group.rows {
          beams[sentence].finish(trellis.hypothesis(at: live[row].node, isFinished: false))
          recorder?.finish(live[row], isFinished: false)
        }
      }
      let start = staying.count
      var weights: [Int: [Float]] = [:]
      for continuation in continuations {
        var hypothesis = live[continuation.row]
        if let attention, weights[continuation.row] == nil {
          weights[continuation.row] = attention(continuation.row)
        }
        hypothesis.node = trellis.append(
          continuation.token, logProbability: continuation.logProbability,
          attention: weights[continuation.row], after: hypothesis.node)
        recorder?.add(continuation, at: hypothesis.node, after: live[continuation.row])
        hypothesis.token = continuation.token
        hypothesis.length += 1
        hypothesis.logProbability += Double(continuation.logProbability)
        let isFinished = continuation.token == end
        if isFinished || hypothesis.length == beams[sentence].limits.maximum {
          beams[sentence].finish(trellis.hypothesis(at: hypothesis.node, isFinished: isFinished))
          recorder?.finish(hypothesis, isFinished: isFinished)
        } else {
          staying.append(hypothesis)
          rows.append(Int32(continuation.row))
        }
      }
      let best = staying[start...].map(\.logProbability).max()
      if let best, beams[sentence].isDecided(best: best) {
        recorder?.abandon(staying[start...])
        staying.removeSubrange(start...)
        rows.removeSubrange(start...)
      }
    }
    return (staying, rows)
  }
}
