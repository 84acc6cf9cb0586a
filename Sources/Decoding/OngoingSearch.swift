import DragomanModels
package import DragomanTensor

/// A search under way, which goes on step by step: whoever steps it may stop, or look at what is certain by now.
package struct OngoingSearch {
  private let search: Search
  private let prefix: [Int32]
  private let withProbabilities: Bool
  private let keepsAttention: Bool
  private let workspace: Workspace
  /// Tokens of each source, the end included.
  private let sourceLengths: [Int]
  /// Where states live, by turns.
  private let places: [Workspace]
  private var beams: [Beam]
  private var trellis = Trellis()
  private var live: [LiveHypothesis]
  private var state: Ensemble.State
  private var record = ScreenRecord()
  private var step = 0
  /// What was done, where that is asked for; it changes no result.
  package private(set) var recorder: SearchRecorder?

  /// Encodes the sources; see ``Search/translate(_:prefix:count:withAttention:withProbabilities:_:)``.
  package init(
    _ search: Search, _ sources: [[Int32]], prefix: [Int32], count: Int, withAttention: Bool,
    withProbabilities: Bool, isTraced: Bool = false, _ workspace: Workspace
  ) {
    precondition(withProbabilities || !isTraced, "a trace without probabilities")
    precondition(count > 0, "\(count) translations")
    let decoding = search.decoding
    let sampler = search.sampler
    self.search = search
    self.prefix = prefix
    self.withProbabilities = withProbabilities
    self.workspace = workspace
    keepsAttention = withAttention || decoding.coveragePenalty > 0
    beams = sources.map { source in
      Beam(
        decoding,
        limits: LengthLimits(decoding, source: source.count - 1, prefix: prefix.count),
        size: sampler == nil ? decoding.beam : count,
        wanted: sampler == nil ? min(count, decoding.beam) : count)
    }
    sourceLengths = sources.map(\.count)
    live = sources.indices.flatMap { sentence in
      (0..<(sampler == nil ? 1 : count)).map { sample in
        LiveHypothesis(
          sentence: sentence, token: search.begin,
          stream: sampler?.stream(source: sources[sentence], sample: sample) ?? 0)
      }
    }
    let places = [0, 1].map { _ in Workspace(kernels: workspace.kernels) }
    let rows = live.map { Int32($0.sentence) }
    state = search.ensemble.start(sources, workspace).gathered(rows, places[1])
    self.places = places
    recorder = isTraced ? SearchRecorder(sentences: sources.count) : nil
  }

  /// Whether nothing is left to do.
  package var isFinished: Bool { live.isEmpty }

  /// Goes one step with all sentences that are not done.
  package mutating func advance() {
    let place = places[step % 2]
    (live, state) = workspace.scoped {
      let lengths = live.map { sourceLengths[$0.sentence] }
      let next = search.ensemble.step(live.map(\.token), state, workspace)
      let chosen =
        withProbabilities || step < prefix.count
        ? nil : search.greedy(live, beams, step, next, &record, workspace)
      let continuations =
        chosen
        ?? search.continuations(
          of: live, beams, trellis, prefix, step, next, &recorder, workspace)
      let (staying, rows) = search.extend(
        live, by: continuations, &beams, &trellis, &recorder,
        attention: keepsAttention
          ? { row in (0..<lengths[row]).map { next.weights[row, $0] } } : nil)
      place.reset()
      return (staying, next.state.gathered(rows, place))
    }
    step += 1
    if live.isEmpty { recorder?.end(beams) }
  }

  /// For each source its hypotheses that have ended, the best first.
  package var hypotheses: [[Hypothesis]] {
    beams.map { withProbabilities ? $0.best : $0.best.map(\.withoutProbabilities) }
  }

  /// The beginning of a source's best translation, as far as nothing can change it any more: its tokens, and their
  /// attention where it is kept.
  ///
  /// The best one will be the best that has ended, or it will come from a live one; what all of these begin with, it
  /// begins with.
  package func settled(_ sentence: Int) -> (tokens: [Int32], attention: [[Float]]) {
    var candidates = live.filter { $0.sentence == sentence }.map {
      trellis.hypothesis(at: $0.node, isFinished: false)
    }
    if let best = beams[sentence].best.first { candidates.append(best) }
    guard let first = candidates.first else { return ([], []) }
    let count = candidates.dropFirst().reduce(first.tokens.count) { count, other in
      zip(first.tokens.prefix(count), other.tokens).prefix { $0 == $1 }.count
    }
    return (Array(first.tokens.prefix(count)), Array(first.attention.prefix(count)))
  }
}
