/// What was found in one file, or in two aligned ones.
package struct CorpusSummary: Sendable, Equatable {
  /// Where the pairs came from.
  package let file: CorpusFile
  /// How many pairs were read.
  package internal(set) var pairs = 0
  /// What was left out, by the reason.
  package private(set) var skips: [CorpusSkip: CorpusFinding] = [:]
  /// Lines that end in "\r\n".
  package internal(set) var carriageReturns = CorpusFinding()
  /// Files that begin with a byte order mark.
  package internal(set) var byteOrderMarks = CorpusFinding()
  /// How many lines were read; of two aligned files, those of the source.
  package internal(set) var lines = 0

  init(file: CorpusFile) { self.file = file }

  /// How many pairs were skipped because a side held nothing but white space.
  package var skippedAsEmpty: Int { skips[.empty]?.count ?? 0 }
  /// How much was left out, for whatever reason.
  package var skipped: Int { skips.values.reduce(0) { $0 + $1.count } }

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
  package var description: String {
    let reasons = CorpusSkip.allCases.compactMap { reason in
      skips[reason].map { "\($0.count) \(reason.words)" }
    }
    let skipped = reasons.isEmpty ? "" : ", " + reasons.joined(separator: ", ") + " skipped"
    return "\(file.description): \(pairs) pair\(pairs == 1 ? "" : "s")\(skipped)"
  }
}
