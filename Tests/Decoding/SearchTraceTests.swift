import DragomanDecoding
import DragomanTensor
import DragomanTestSupport
import DragomanText
import Testing

@testable import DragomanDecoding

@Suite struct `A trace of a search` {
  private let codec = SmallModel.file().target

  private func traced(
    _ decoding: DecodingConfiguration, end: Int32, count: Int, prefix: [Int32] = [],
    withProbabilities: Bool = true, instructions: Kernels.InstructionSet? = nil
  ) -> [(hypotheses: [Hypothesis], trace: SearchTrace)] {
    let model = `A search`.model(instructions: instructions)
    let sources = `A search`.sources
    var ongoing = OngoingSearch(
      Search([model.0], begin: 1, end: end, decoding), .tokens(sources),
      SearchOptions(
        prefix: prefix, count: count, withAttention: true, withProbabilities: withProbabilities,
        isTraced: true), Workspace(kernels: model.1))
    while !ongoing.isFinished { ongoing.advance() }
    return ongoing.hypotheses.enumerated().map { sentence, hypotheses in
      (hypotheses, ongoing.recorder?.trace(of: sentence, in: codec) ?? SearchTrace())
    }
  }

  /// Every way to decode with every end of `A search`.
  private func forEach(_ body: (DecodingConfiguration, Int32, Int, [Int32]) -> Void) {
    for change in SearchSettings.all {
      let decoding = `A search`.decoding(change)
      let count = decoding.search == .beam ? min(decoding.beam, 2) : 3
      for end in `A search`.ends {
        for prefix in [[], [4, 9]] as [[Int32]] { body(decoding, end, count, prefix) }
      }
    }
  }

  @Test func `changes no bit of a result`() {
    forEach { decoding, end, count, prefix in
      for instructions in Kernels.available {
        let plain = `A search`.translate(
          decoding, end: end, count: count, prefix: prefix, withAttention: true,
          `A search`.model(instructions: instructions))
        let found = traced(
          decoding, end: end, count: count, prefix: prefix, instructions: instructions)
        #expect(found.map(\.hypotheses) == plain)
      }
    }
  }

  /// What hypotheses hold is one question, what the trace says another.
  @Test func `has probabilities also where hypotheses have none`() {
    forEach { decoding, end, count, prefix in
      let plain = traced(decoding, end: end, count: count, prefix: prefix)
      let found = traced(
        decoding, end: end, count: count, prefix: prefix, withProbabilities: false)
      #expect(found.map(\.trace) == plain.map(\.trace))
      #expect(found.map(\.hypotheses) == plain.map { $0.hypotheses.map(\.withoutProbabilities) })
    }
  }

  @Test func `has the translations among its endings`() {
    forEach { decoding, end, count, prefix in
      for (hypotheses, trace) in traced(decoding, end: end, count: count, prefix: prefix) {
        #expect(trace.endings.count >= hypotheses.count)
        for (hypothesis, ending) in zip(hypotheses, trace.endings) {
          guard let node = ending.node else {
            Issue.record("an ending without tokens")
            continue
          }
          let path = trace.path(to: node)
          #expect(path.map { trace.nodes[$0].token } == hypothesis.tokens.map(codec.display))
          #expect(path.map { trace.nodes[$0].logProbability } == hypothesis.logProbabilities)
          #expect(path.map { trace.nodes[$0].length } == Array(1...path.count))
          #expect(abs(trace.nodes[node].total - hypothesis.logProbability) < 1e-9)
          #expect(ending.score == hypothesis.score && ending.isFinished == hypothesis.isFinished)
          #expect(ending.text == codec.decode(hypothesis.tokens))
          #expect(trace.nodes[node].fate == (hypothesis.isFinished ? .finished : .cutOff))
        }
      }
    }
  }

  @Test func `tells what became of each hypothesis`() {
    var fates: [SearchTrace.Fate: Int] = [:]
    forEach { decoding, end, count, prefix in
      for (_, trace) in traced(decoding, end: end, count: count, prefix: prefix) {
        let parents = Set(trace.nodes.compactMap(\.parent))
        let ends = Set(trace.endings.compactMap(\.node))
        for (index, node) in trace.nodes.enumerated() {
          fates[node.fate, default: 0] += 1
          #expect(parents.contains(index) == (node.fate == .continued))
          #expect(ends.contains(index) == (node.fate == .finished || node.fate == .cutOff))
          if let parent = node.parent {
            #expect(parent < index && trace.nodes[parent].length == node.length - 1)
          } else {
            #expect(node.length == 1)
          }
        }
        let widths = Dictionary(grouping: trace.nodes, by: \.length).mapValues(\.count)
        let widest = decoding.search == .beam ? decoding.beam : count
        #expect(widths.values.allSatisfy { $0 <= widest })
        if decoding.search == .sampling { #expect(!trace.nodes.contains { $0.fate == .dropped }) }
      }
    }
    for fate in [SearchTrace.Fate.continued, .dropped, .abandoned, .finished, .cutOff] {
      #expect(fates[fate, default: 0] > 0, "\(fate)")
    }
  }

  @Test func `has the most probable alternatives at each step`() {
    forEach { decoding, end, count, prefix in
      for (hypotheses, trace) in traced(decoding, end: end, count: count, prefix: prefix) {
        for ending in trace.endings {
          for step in trace.alternatives(along: ending) {
            #expect((1...5).contains(step.count))
            #expect(step.map(\.logProbability) == step.map(\.logProbability).sorted(by: >))
            #expect(step.reduce(0) { $0 + $1.probability } < 1.00001)
          }
        }
        guard decoding.search == .beam, decoding.beam == 1, let best = trace.endings.first
        else { continue }
        // Greedy search takes the first alternative, but for a prefix.
        let first = trace.alternatives(along: best).map { $0[0] }.dropFirst(prefix.count)
        #expect(
          first.map(\.token) == hypotheses[0].tokens.dropFirst(prefix.count).map(codec.display))
        #expect(
          first.map(\.logProbability)
            == Array(hypotheses[0].logProbabilities.dropFirst(prefix.count)))
        #expect(trace.nodes.count == hypotheses[0].tokens.count)
      }
    }
  }
}
