import DragomanTensor
package import DragomanText

/// Writes down what a search does.
///
/// It reads scores and changes nothing.
package struct SearchRecorder {
  /// How many alternatives of a step are kept.
  static let alternatives = 5

  /// A node of the trellis.
  private struct Node {
    let parent: Int?
    let length: Int
    let token: Int32
    let logProbability: Float
    let total: Double
    var fate = SearchTrace.Fate.dropped
    var alternatives: [(token: Int32, logProbability: Float)] = []
  }

  /// What belongs to one source.
  private struct Sentence {
    var nodes: [Node] = []
    /// The places of the trellis' nodes in `nodes`.
    var places: [Int: Int] = [:]
    var first: [(token: Int32, logProbability: Float)] = []
    /// The ends of hypotheses, in the order in which they ended, and then the best first.
    var endings: [(node: Int?, score: Double, isFinished: Bool)] = []
  }

  /// By the numbers of the sources.
  private var sentences: [Sentence]

  /// A recorder of so many sources, before the first step.
  init(sentences: Int) {
    self.sentences = [Sentence](repeating: Sentence(), count: sentences)
  }

  /// Takes the most probable tokens after each live hypothesis.
  mutating func add(_ scores: StepScores, of live: [LiveHypothesis], _ kernels: Kernels) {
    let count = min(Self.alternatives, scores.matrix.columns)
    let top = scores.top(count, kernels)
    for (row, hypothesis) in live.enumerated() {
      let found = (row * count..<(row + 1) * count).filter { top.columns[$0] >= 0 }
        .map { (top.columns[$0], top.scores[$0]) }
      if let place = sentences[hypothesis.sentence].places[hypothesis.node] {
        sentences[hypothesis.sentence].nodes[place].alternatives = found
      } else {
        sentences[hypothesis.sentence].first = found
      }
    }
  }

  /// Takes a continuation, which is a node of the trellis now.
  mutating func add(
    _ continuation: Continuation, at node: Int, after hypothesis: LiveHypothesis
  ) {
    let sentence = hypothesis.sentence
    let parent = sentences[sentence].places[hypothesis.node]
    if let parent { sentences[sentence].nodes[parent].fate = .continued }
    sentences[sentence].places[node] = sentences[sentence].nodes.count
    sentences[sentence].nodes.append(
      Node(
        parent: parent, length: hypothesis.length + 1, token: continuation.token,
        logProbability: continuation.logProbability,
        total: hypothesis.logProbability + Double(continuation.logProbability)))
  }

  /// Takes the end of a hypothesis.
  mutating func finish(_ hypothesis: LiveHypothesis, isFinished: Bool) {
    let place = sentences[hypothesis.sentence].places[hypothesis.node]
    if let place {
      sentences[hypothesis.sentence].nodes[place].fate = isFinished ? .finished : .cutOff
    }
    sentences[hypothesis.sentence].endings.append((place, 0, isFinished))
  }

  /// Takes hypotheses that are given up.
  mutating func abandon(_ hypotheses: ArraySlice<LiveHypothesis>) {
    for hypothesis in hypotheses {
      guard let place = sentences[hypothesis.sentence].places[hypothesis.node] else { continue }
      sentences[hypothesis.sentence].nodes[place].fate = .abandoned
    }
  }

  /// Takes scores and order of the endings.
  mutating func end(_ beams: [Beam]) {
    for (sentence, beam) in beams.enumerated() {
      let endings = sentences[sentence].endings
      sentences[sentence].endings = beam.ranking.map {
        (endings[$0].node, beam.finished[$0].score, endings[$0].isFinished)
      }
    }
  }

  /// The trace of a source, in words.
  package func trace(of sentence: Int, in codec: TextCodec) -> SearchTrace {
    func alternatives(
      _ found: [(token: Int32, logProbability: Float)]
    ) -> [SearchTrace.Alternative] {
      found.map { .init(token: codec.display($0.token), logProbability: $0.logProbability) }
    }
    let recorded = sentences[sentence]
    var trace = SearchTrace()
    trace.nodes = recorded.nodes.map { node in
      SearchTrace.Node(
        parent: node.parent, length: node.length, token: codec.display(node.token),
        logProbability: node.logProbability, total: node.total, fate: node.fate,
        alternatives: alternatives(node.alternatives))
    }
    trace.first = alternatives(recorded.first)
    trace.endings = recorded.endings.map { ending in
      let tokens = ending.node.map { trace.path(to: $0).map { recorded.nodes[$0].token } } ?? []
      return SearchTrace.Ending(
        node: ending.node, text: codec.decode(tokens), score: ending.score,
        isFinished: ending.isFinished)
    }
    return trace
  }
}
