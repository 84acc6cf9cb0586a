/// What was found in one file, or in two aligned ones.
public struct CorpusSummary: Sendable, Equatable {
  /// Where the pairs came from.
  public let file: CorpusFile
  /// How many pairs were read.
  public internal(set) var pairs = 0
  /// What was left out, by the reason.
  public private(set) var skips: [CorpusSkip: CorpusFinding] = [:]
  /// Lines that end in "\r\n".
  public internal(set) var carriageReturns = CorpusFinding()
  /// Files that begin with a byte order mark.
  public internal(set) var byteOrderMarks = CorpusFinding()
  /// How many lines were read; of two aligned files, those of the source.
  public internal(set) var lines = 0

  init(file: CorpusFile) { self.file = file }

  /// How many pairs were skipped because a side held nothing but white space.
  public var skippedAsEmpty: Int { skips[.empty]?.count ?? 0 }
  /// How much was left out, for whatever reason.
  public var skipped: Int { skips.values.reduce(0) { $0 + $1.count } }

  /// Counts what is left out.
  mutating func skip(_ reason: CorpusSkip, _ path: String, line: Int) {
    skips[reason, default: CorpusFinding()].add("\(path):\(line)")
  }

  /// Takes over what a reader found out about its file.
  mutating func finish(_ reader: LineReader) {
    lines = max(lines, reader.line)
    if reader.hasByteOrderMark { byteOrderMarks.add("\(reader.path):1") }
  }
}

extension CorpusSummary: CustomStringConvertible {
  /// For example `data/train.tsv: 6000 pairs, 2 with an empty side skipped`.
  public var description: String {
    let reasons = CorpusSkip.allCases.compactMap { reason in
      skips[reason].map { "\($0.count) \(reason.words)" }
    }
    let skipped = reasons.isEmpty ? "" : ", " + reasons.joined(separator: ", ") + " skipped"
    return "\(file.description): \(pairs) pair\(pairs == 1 ? "" : "s")\(skipped)"
  }
}
