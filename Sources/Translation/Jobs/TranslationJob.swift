import DragomanDecoding
import DragomanModels
import DragomanTensor
import DragomanText

/// Lines that are being translated, which goes on step by step: whoever steps it may stop at any step.
///
/// A step cuts some lines into tokens, encodes the sources of a batch, or writes one token of each of its sentences.
struct TranslationJob {
  /// For each line its translations, the best first, and what the search did if that is asked for; complete when
  /// ``advance()`` says so.
  private(set) var result: [TracedTranslation]
  /// The lines as they were given, or what names sources that are not text.
  let lines: [String]
  /// The sources, if they are not text.
  private let prepared: Source?
  /// What makes translations of hypotheses.
  let builder: TranslationBuilder

  /// How translations are found.
  private let search: Search
  /// What is wanted of them.
  private let options: SearchOptions
  /// Scratch memory of one batch after the other.
  private let workspace: Workspace
  /// The tokens of the lines that have been cut, without their ends.
  private var sources: [[Int32]] = []
  /// Lines with words that have not begun, those of like length together, so that none waits for a long one; the
  /// longest first, so that the scratch memory of the first batch does for all.
  private var order: ArraySlice<Int> = []
  /// The lines of a batch and their search.
  private var current: (places: ArraySlice<Int>, search: OngoingSearch)?

  /// Lines that are cut in one step.
  private static let linesPerStep = 256

  /// A job that has not begun.
  ///
  /// - Parameters:
  ///   - lines: what is to be translated, or the names of `prepared`.
  ///   - prepared: the sources, where they are not text.
  ///   - count: translations wanted of each line, at least 1.
  ///   - isTraced: whether ``result`` says what the search did.
  ///   - search: how translations are found.
  ///   - builder: what makes them of what is found.
  ///   - kernels: what computes.
  init(
    _ lines: [String], prepared: Source? = nil, count: Int, isTraced: Bool, _ search: Search,
    _ builder: TranslationBuilder, _ kernels: Kernels
  ) {
    precondition(
      (prepared == nil) == (builder.source != nil) && prepared?.count ?? lines.count == lines.count,
      "sources that nothing reads")
    self.prepared = prepared
    let decoding = search.decoding
    precondition(
      count >= 1 && decoding.beam >= 1 && decoding.batch >= 1,
      "\(count) translations wanted, decoding.beam is \(decoding.beam), decoding.batch is \(decoding.batch)"
    )
    self.lines = lines
    self.search = search
    self.builder = builder
    options = builder.searchOptions(count: count, isTraced: isTraced)
    workspace = Workspace(kernels: kernels)
    result = lines.map { TracedTranslation([.empty($0)], SearchTrace()) }
  }

  /// Goes one step; `false` if there was nothing left to do.
  mutating func advance() -> Bool {
    // A search that were bound to a name here would be copied with all it has written, at every step.
    if let isFinished = current?.search.isFinished {
      if isFinished { collect() } else { current?.search.advance() }
      return true
    }
    guard sources.count == lines.count else {
      cut()
      return true
    }
    return encode()
  }

  /// Goes all steps that are left, and gives the result.
  consuming func finished() -> [TracedTranslation] {
    while advance() {}
    return result
  }

  /// The same, with room for other tasks between two steps; a cancelled task gets a `CancellationError` after the step
  /// under way.
  consuming func finished() async throws(CancellationError) -> [TracedTranslation] {
    repeat {
      guard !Task.isCancelled else { throw CancellationError() }
      await Task.yield()
    } while advance()
    return result
  }

  /// What cannot change any more of the only line that is being translated; `nil` while none is.
  var settled: (tokens: [Int32], attention: [[Float]])? { current?.search.settled(0) }

  /// Whether the lines that were begun are written to their ends.
  var isBatchWritten: Bool { current?.search.isFinished ?? true }

  /// Cuts some lines into tokens; after the last ones the order is known.
  private mutating func cut() {
    guard let codec = builder.source else {
      sources = lines.map { _ in [] }
      order = Array(lines.indices)[...]
      return
    }
    sources += lines[sources.count...].prefix(Self.linesPerStep).map { codec.encode($0) }
    guard sources.count == lines.count else { return }
    order = sources.longestFirst.prefix { !sources[$0].isEmpty }
  }

  /// Begins with the next batch; `false` if there is none.
  private mutating func encode() -> Bool {
    guard !order.isEmpty else { return false }
    let places = order.prefix(search.decoding.batch)
    order = order.dropFirst(places.count)
    workspace.reset()
    let source =
      prepared.map { $0[places] }
      ?? .tokens(places.map { sources[$0] + [builder.source?.vocabulary.end ?? 0] })
    current = (places, OngoingSearch(search, source, options, workspace))
    return true
  }

  /// Makes translations of the batch that is written.
  private mutating func collect() {
    guard let (places, search) = current else { return }
    current = nil
    for (sentence, (place, hypotheses)) in zip(places, search.hypotheses).enumerated() {
      result[place] = TracedTranslation(
        hypotheses.map { builder.translation($0, of: lines[place], sources[place]) },
        search.recorder?.trace(of: sentence, in: builder.target) ?? SearchTrace())
    }
  }
}
