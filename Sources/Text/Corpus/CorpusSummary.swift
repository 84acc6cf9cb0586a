import DragomanFormats

/// What was found in one file, or in two aligned ones.
package struct CorpusSummary: Sendable, Equatable {
  /// Where the pairs came from.
  package let file: CorpusFile
  /// How many pairs were read.
  package internal(set) var pairs = 0
  /// What was left out, by the reason.
  package private(set) var skips: [CorpusProblem.Kind: CorpusFinding] = [:]
  /// What the columns of a table hold; `nil` for files of other kinds.
  package internal(set) var columns: ColumnSurvey?
  /// What was read all the same, by what is to be known of it.
  package private(set) var notes: [CorpusProblem.Kind: CorpusFinding] = [:]
  /// Lines that end in "\r\n".
  package internal(set) var carriageReturns = CorpusFinding()
  /// Files that begin with a byte order mark.
  package internal(set) var byteOrderMarks = CorpusFinding()
  /// How many lines were read; of two aligned files, those of the source.
  package internal(set) var lines = 0

  /// What the file itself calls the languages of its sides, if it does.
  package internal(set) var declaredLanguages = DeclaredLanguages()

  init(file: CorpusFile) { self.file = file }

  /// How much was left out, for whatever reason.
  package var skipped: Int { skips.values.reduce(0) { $0 + $1.count } }

  /// Counts what is left out.
  mutating func skip(_ reason: CorpusProblem.Kind, _ path: String, line: Int) {
    precondition(reason.isSkipped, "\(reason) is no reason to skip a line")
    skips[reason, default: CorpusFinding()].add("\(path):\(line)")
  }

  /// Counts what is read all the same.
  mutating func note(
    _ kind: CorpusProblem.Kind, _ place: @autoclosure () -> String,
    excerpt: @autoclosure () -> String = ""
  ) {
    precondition(!kind.isSkipped, "\(kind) is no reason to keep a line")
    notes[kind, default: CorpusFinding()].add(place(), excerpt: excerpt())
  }

  /// Counts what was found in several places.
  mutating func note(_ kind: CorpusProblem.Kind, _ finding: CorpusFinding) {
    notes[kind, default: CorpusFinding()].add(finding)
  }

  /// Takes over what a reader found out about its file.
  mutating func finish(_ reader: LineReader) {
    lines = max(lines, reader.line)
    if reader.hasByteOrderMark { byteOrderMarks.add("\(reader.path):1") }
  }
}

extension CorpusSummary {
  /// The languages that a file names: `X-Source-Language` and `Language` in the header of PO, attributes of XLIFF.
  package struct DeclaredLanguages: Sendable, Equatable {
    /// That of the messages.
    package var source: String?
    /// That of their translations.
    package var target: String?
  }

  /// What is to be known of what was read all the same, in sentences.
  package var remarks: [String] {
    CorpusProblem.Kind.allCases.compactMap { kind in
      guard let finding = notes[kind] else { return nil }
      let (found, consequence) = kind.words
      return "\(file.description): \(finding.count) \(found): \(consequence) (\(finding.places))"
    }
  }
}

extension CorpusSummary: CustomStringConvertible {
  /// For example `data/train.tsv: 6000 pairs, 2 with an empty side skipped`.
  package var description: String {
    let reasons = CorpusProblem.Kind.allCases.compactMap { reason in
      skips[reason].flatMap { found in reason.skipWords.map { "\(found.count) \($0)" } }
    }
    let skipped = reasons.isEmpty ? "" : ", " + reasons.joined(separator: ", ") + " skipped"
    return "\(file.description): \(Words.count(pairs, "pair"))\(skipped)"
  }
}
