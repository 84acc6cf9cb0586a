/// Sentence pairs read from files, in the order of the files and of their lines.
///
/// Pairs of which a side holds nothing but white space are skipped and counted. Anything else that is
/// wrong with a file ends the reading with a ``CorpusError`` that says where.
public struct ParallelCorpus: Sendable {
  /// The source sentences.
  public private(set) var sources = TextLines()
  /// Their translations, as many.
  public private(set) var targets = TextLines()
  /// What was found in each file.
  public private(set) var summary: [CorpusSummary] = []

  /// A corpus of pairs that are in memory already.
  public init(_ pairs: some Sequence<SentencePair> = EmptyCollection<SentencePair>()) {
    for pair in pairs {
      sources.append(pair.source)
      targets.append(pair.target)
    }
  }

  /// Reads files one after the other.
  public init(reading files: [CorpusFile], layout: CorpusLayout = CorpusLayout())
    throws(CorpusError)
  {
    for file in files {
      var summary = CorpusSummary(file: file)
      switch file {
      case .tsv(let path): try readTSV(path, layout, &summary)
      case .jsonLines(let path): try readJSONLines(path, layout, &summary)
      case .aligned(let source, let target): try readAligned(source, target, &summary)
      }
      self.summary.append(summary)
    }
  }

  /// Adds a pair, or counts it where a side is empty.
  mutating func add(
    _ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>, _ summary: inout CorpusSummary
  ) {
    guard !isBlank(source) && !isBlank(target) else {
      summary.skippedAsEmpty += 1
      return
    }
    sources.append(utf8: source)
    targets.append(utf8: target)
    summary.pairs += 1
  }
}

extension ParallelCorpus: RandomAccessCollection {
  /// The position of the first pair, 0.
  public var startIndex: Int { 0 }
  /// The number of pairs.
  public var endIndex: Int { sources.count }

  /// The pair at `index`.
  public subscript(index: Int) -> SentencePair {
    SentencePair(source: sources[index], target: targets[index])
  }
}

/// What was found in one file, or in two aligned ones.
public struct CorpusSummary: Sendable, Equatable {
  /// Where the pairs came from.
  public let file: CorpusFile
  /// How many pairs were read.
  public internal(set) var pairs = 0
  /// How many were skipped because a side held nothing but white space.
  public internal(set) var skippedAsEmpty = 0

  init(file: CorpusFile) { self.file = file }
}

extension CorpusSummary: CustomStringConvertible {
  /// For example `data/train.tsv: 6000 pairs, 2 with an empty side skipped`.
  public var description: String {
    let skipped = skippedAsEmpty == 0 ? "" : ", \(skippedAsEmpty) with an empty side skipped"
    return "\(file.description): \(pairs) pair\(pairs == 1 ? "" : "s")\(skipped)"
  }
}

/// Whether a line holds nothing but white space.
func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
  // Visible ASCII decides nearly every line at once.
  if let first = line.first, first > 0x20 && first < 0x80 { return false }
  var words = 0
  forEachWord(of: line.span) { _ in words += 1 }
  return words == 0
}
