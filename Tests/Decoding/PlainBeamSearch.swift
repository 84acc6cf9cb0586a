import DragomanDecoding
import DragomanModels
import DragomanLayers
import DragomanTensor

@testable import DragomanDecoding

/// Beam search as a textbook has it: one hypothesis at a time, everything sorted, nothing given up early.
struct PlainBeamSearch {
  let model: PackedModel
  let begin: Int32
  let end: Int32
  let decoding: DecodingConfiguration

  private struct Entry {
    var tokens: [Int32] = []
    var logProbabilities: [Float] = []
    var attention: [[Float]] = []
    var sum = 0.0
    var state: DecoderState
  }

  func translate(_ source: [Int32]) -> [(tokens: [Int32], score: Double)] {
    let workspace = Workspace(kernels: Kernels(threads: 1))
    let pass = Pass(weights: model.weights, workspace: workspace)
    var live = [Entry(state: model.start(.tokens([source]), pass).state)]
    var finished: [Entry] = []
    for _ in 0..<decoding.maximumLength {
      var candidates: [Entry] = []
      for entry in live {
        let next = entry.state.step([entry.tokens.last ?? begin], pass)
        let logits = model.readout.logits(of: next.features, pass)
        pass.kernels.logSoftmax(logits)
        let weights = next.attention.elements
        for (token, logProbability) in logits.elements.enumerated()
        where token != begin && !(decoding.forbidUnknown && token == 0) {
          var candidate = entry
          candidate.tokens.append(Int32(token))
          candidate.logProbabilities.append(logProbability)
          candidate.attention.append(weights)
          candidate.sum += Double(logProbability)
          candidate.state = next.state
          candidates.append(candidate)
        }
      }
      let order = candidates.indices.sorted {
        (candidates[$1].sum, $0) < (candidates[$0].sum, $1)
      }
      let best = order.prefix(decoding.beam - finished.count).map { candidates[$0] }
        .filter { $0.sum >= candidates[order[0]].sum - (decoding.beamThreshold ?? .infinity) }
      finished += best.filter { $0.tokens.last == end }
      live = best.filter { $0.tokens.last != end }
    }
    let ranked = (finished + live).map { entry in
      (tokens: entry.tokens, score: score(entry), isFinished: entry.tokens.last == end)
    }
    let order = ranked.indices.sorted {
      let (a, b) = (ranked[$0], ranked[$1])
      if a.isFinished != b.isFinished { return a.isFinished }
      return a.score != b.score ? a.score > b.score : $0 < $1
    }
    return order.map { (ranked[$0].tokens, ranked[$0].score) }
  }

  private func score(_ entry: Entry) -> Double {
    entry.sum / decoding.normalization.divisor(length: entry.tokens.count)
      + CoveragePenalty(weight: decoding.coveragePenalty).value(entry.attention)
  }
}
