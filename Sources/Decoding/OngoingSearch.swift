package import DragomanModels
package import DragomanTensor

/// A search under way, which goes on step by step: whoever steps it may stop, or look at what is final by now.
package struct OngoingSearch {
  /// The recipe.
  let search: Search
  /// What is wanted.
  let options: SearchOptions
  /// Scratch memory.
  let workspace: Workspace
  /// Positions of each source, the end of one of tokens included.
  private let sourceLengths: [Int]
  /// Where states live, by turns.
  private let places: [Workspace]
  /// The models' states, a row per live hypothesis.
  private var state: Ensemble.State
  /// Steps so far.
  private(set) var step = 0
  /// For each source, its hypotheses that have ended.
  var beams: [Beam]
  /// All tokens that were written.
  var trellis = Trellis()
  /// The hypotheses that go on; those of a sentence stand together.
  var live: [LiveHypothesis]
  /// How well the screen did.
  var record = ScreenRecord()
  /// What was done, where that is asked for; it changes no result.
  package internal(set) var recorder: SearchRecorder?

  /// Encodes sources; those of tokens end in their end token.
  package init(
    _ search: Search, _ source: Source, _ options: SearchOptions, _ workspace: Workspace
  ) {
    precondition(options.count > 0, "\(options.count) translations")
    self.search = search
    self.options = options
    self.workspace = workspace
    let (start, lengths) = search.ensemble.start(source, workspace)
    // An end is not a length.
    let beams = lengths.map {
      Beam(search.decoding, source: source.endsInToken ? $0 - 1 : $0, options)
    }
    let keys = search.sampler == nil ? [] : source.keys
    let live = lengths.indices.flatMap { sentence in
      (0..<beams[sentence].beginnings).map { sample in
        LiveHypothesis(
          sentence: sentence, token: search.begin,
          stream: search.sampler?.stream(source: keys[sentence], sample: sample) ?? 0)
      }
    }
    let places = [0, 1].map { _ in Workspace(kernels: workspace.kernels) }
    sourceLengths = lengths
    state = start.gathered(live.map { Int32($0.sentence) }, places[1])
    (self.beams, self.live, self.places) = (beams, live, places)
    recorder = options.isTraced ? SearchRecorder(sentences: lengths.count) : nil
  }

  /// Whether nothing is left to do.
  package var isFinished: Bool { live.isEmpty }

  /// Goes one step with all sentences that are not done.
  package mutating func advance() {
    let place = places[step % 2]
    workspace.scoped {
      let lengths = live.map { sourceLengths[$0.sentence] }
      let next = search.ensemble.step(live.map(\.token), state, workspace)
      let keepsAttention = options.withAttention || search.decoding.coveragePenalty > 0
      let rows = extend(
        by: continuations(after: next),
        attention: keepsAttention
          ? { row in (0..<lengths[row]).map { next.weights[row, $0] } } : nil)
      place.reset()
      state = next.state.gathered(rows, place)
    }
    step += 1
    if live.isEmpty { recorder?.end(beams) }
  }

  /// For each source its hypotheses that have ended, the best first.
  package var hypotheses: [[Hypothesis]] {
    beams.map { options.withProbabilities ? $0.best : $0.best.map(\.withoutProbabilities) }
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

  /// The rows of each sentence that is not done.
  var groups: [SentenceGroup] {
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
}
