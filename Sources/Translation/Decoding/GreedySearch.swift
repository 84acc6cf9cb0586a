public import DragomanLayers
import DragomanTensor

/// Takes the most probable token at every step, until the end token or the limit.
///
/// Sentences of a batch go side by side; one that has ended leaves the batch. Of equally probable tokens
/// the one with the lower id is taken.
public struct GreedySearch {
  let model: PackedModel
  /// The id that a target begins after.
  let begin: Int32
  /// The id that ends a target.
  let end: Int32
  /// Tokens, the end token included, after which a translation is cut off.
  let maximumLength: Int

  /// A search with the ids of the target vocabulary.
  public init(_ model: PackedModel, begin: Int32, end: Int32, maximumLength: Int) {
    self.model = model
    self.begin = begin
    self.end = end
    self.maximumLength = maximumLength
  }

  /// Translates sources, each of which ends in its end token; one hypothesis per source.
  public func translate(
    _ sources: [[Int32]], withAttention: Bool = false, _ pass: Pass
  ) -> [Hypothesis] {
    var hypotheses = [Hypothesis](repeating: Hypothesis(), count: sources.count)
    guard !sources.isEmpty else { return hypotheses }
    var (memory, spans, state) = model.encode(sources, pass)
    var alive = Array(sources.indices)
    var tokens = [Int32](repeating: begin, count: sources.count)
    // States live in two places by turns; everything else of a step is taken back after it.
    var places = [state, state].map { state in
      state.gathered(alive.map { Int32($0) }, pass.workspace)
    }
    for step in 0..<maximumLength {
      let (best, staying) = pass.workspace.scoped {
        let next = model.step(tokens, state, memory, spans: spans[...], pass)
        let (best, scores) = pass.kernels.best(next.logits, logProbabilities: true)
        var staying: [Int32] = []
        for (row, sentence) in alive.enumerated() {
          hypotheses[sentence].tokens.append(best[row])
          hypotheses[sentence].logProbabilities.append(scores[row])
          if withAttention {
            hypotheses[sentence].attention.append(
              (0..<Int(spans[row].sourceCount)).map { next.weights[row, $0] })
          }
          if best[row] != end { staying.append(Int32(row)) }
        }
        places[step % 2] = places[step % 2].first(staying.count)
        next.state.gather(staying, into: places[step % 2], pass.kernels)
        return (best, staying)
      }
      if staying.isEmpty { break }
      state = places[step % 2]
      alive = staying.map { alive[Int($0)] }
      tokens = staying.map { best[Int($0)] }
      spans = staying.enumerated().map { place, row in
        var span = spans[Int(row)]
        span.queryStart = Int32(place)
        return span
      }
    }
    return hypotheses
  }
}

extension PackedModel.State {
  /// The first `count` sentences' places.
  fileprivate func first(_ count: Int) -> Self {
    Self(layers: layers.map { $0.rows(0..<count) }, context: context.rows(0..<count))
  }

  /// Copies the states at `rows` to a state of as many rows.
  fileprivate func gather(_ rows: [Int32], into target: Self, _ kernels: Kernels) {
    kernels.gather(rows, of: context, into: target.context)
    for (from, to) in zip(layers, target.layers) {
      kernels.gather(rows, of: from.hidden, into: to.hidden)
      if let from = from.cell, let to = to.cell { kernels.gather(rows, of: from, into: to) }
    }
  }
}
