import DragomanDecoding
import DragomanTensor
import DragomanText

/// Lines that are being translated, which goes on step by step: whoever steps it may stop at any step.
///
/// A step cuts some lines into tokens, encodes the sources of a batch, or writes one token of each of its sentences.
struct TranslationJob {
  /// For each line its translations, the best first; complete when ``advance()`` says so.
  private(set) var result: [[Translation]]
  /// For each line what the search did, where that is asked for.
  private(set) var traces: [SearchTrace]

  private let translator: Translator
  private let lines: [String]
  private let prefix: [Int32]
  /// The tokens of the prefix as they were given: the vocabulary may not have them.
  let prefixTokens: [String]
  private let count: Int
  private let withAttention: Bool
  private let withProbabilities: Bool
  private let isTraced: Bool
  private let search: Search
  private let workspace: Workspace
  private var sources: [[Int32]] = []
  /// Lines with words, those of like length together, so that none waits for a long one; the longest first, so that
  /// the scratch memory of the first batch does for all.
  private var order: ArraySlice<Int> = []
  private var current: (places: ArraySlice<Int>, search: OngoingSearch)?

  /// Lines that are cut in one step.
  private static let linesPerStep = 256

  /// A job that has not begun; see ``Translator/alternatives(_:count:prefix:withAttention:withProbabilities:)``.
  init(
    _ translator: Translator, _ lines: [String], count: Int, prefix: String, withAttention: Bool,
    withProbabilities: Bool, isTraced: Bool = false
  ) {
    let decoding = translator.decoding
    precondition(
      count >= 1 && decoding.beam >= 1 && decoding.batch >= 1,
      "\(count) translations wanted, decoding.beam is \(decoding.beam), decoding.batch is \(decoding.batch)"
    )
    self.translator = translator
    self.lines = lines
    self.count = count
    self.withAttention = withAttention
    self.withProbabilities = withProbabilities
    self.isTraced = isTraced
    let target = translator.file.target
    self.prefix = target.encode(prefix)
    prefixTokens = target.tokenizer.tokenize(prefix)
    search = Search(
      translator.packed, begin: target.vocabulary.begin, end: target.vocabulary.end,
      translator.decoding)
    workspace = Workspace(kernels: translator.kernels)
    result = lines.map { [Translation.empty($0)] }
    traces = isTraced ? lines.map { _ in SearchTrace() } : []
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

  /// What cannot change any more of the only line that is being translated; `nil` while none is.
  var settled: (tokens: [Int32], attention: [[Float]])? { current?.search.settled(0) }

  /// Whether the lines that were begun are written to their ends.
  var isBatchWritten: Bool { current?.search.isFinished ?? true }

  private mutating func cut() {
    let codec = translator.file.source
    sources += lines[sources.count...].prefix(Self.linesPerStep).map { codec.encode($0) }
    guard sources.count == lines.count else { return }
    order =
      lines.indices.filter { !sources[$0].isEmpty }.sorted {
        (sources[$1].count, $0) < (sources[$0].count, $1)
      }[...]
  }

  private mutating func encode() -> Bool {
    guard !order.isEmpty else { return false }
    let places = order.prefix(translator.decoding.batch)
    order = order.dropFirst(places.count)
    workspace.reset()
    let end = translator.file.source.vocabulary.end
    current = (
      places,
      OngoingSearch(
        search, places.map { sources[$0] + [end] }, prefix: prefix, count: count,
        withAttention: withAttention || translator.decoding.replaceUnknown,
        withProbabilities: withProbabilities, isTraced: isTraced, workspace)
    )
    return true
  }

  private mutating func collect() {
    guard let (places, search) = current else { return }
    current = nil
    for (place, hypotheses) in zip(places, search.hypotheses) {
      result[place] = hypotheses.map {
        translator.translation(
          lines[place], sources[place], $0, prefix: prefixTokens, withAttention)
      }
    }
    guard let recorder = search.recorder else { return }
    for (sentence, place) in places.enumerated() {
      traces[place] = recorder.trace(of: sentence, in: translator.file.target)
    }
  }
}
