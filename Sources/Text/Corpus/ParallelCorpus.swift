/// Sentence pairs read from files, in the order of the files and of their lines.
///
/// Pairs of which a side holds nothing but white space are skipped and counted, as are lines that are not text
/// where the caller wants that. Anything else that is wrong with a file ends the reading with a ``CorpusError`` that
/// says where.
package struct ParallelCorpus: Sendable {
  /// The source sentences.
  package private(set) var sources = TextLines()
  /// Their translations, as many.
  package private(set) var targets = TextLines()
  /// What was found in each file.
  package internal(set) var summary: [CorpusSummary] = []
  /// The line of its file that each pair was read from; none for pairs that were in memory.
  private(set) var lines: [Int32] = []
  /// Whether lines that are not text are skipped and counted.
  private(set) var skipsBroken = false
  /// Whether entities of HTML become the characters they stand for.
  private var decodesEntities = false

  /// A corpus of pairs that are in memory already.
  package init(_ pairs: some Sequence<SentencePair> = EmptyCollection<SentencePair>()) {
    for pair in pairs {
      sources.append(pair.source)
      targets.append(pair.target)
    }
  }

  /// Reads files one after the other.
  ///
  /// - Parameters:
  ///   - files: the files.
  ///   - layout: where in their lines the two sides stand, and which languages they are.
  ///   - skippingBroken: whether lines with a NUL or not in UTF-8 are skipped and counted; otherwise they are errors.
  package init(
    reading files: [CorpusFile], layout: CorpusLayout = CorpusLayout(), skippingBroken: Bool = false
  ) throws(CorpusError) {
    skipsBroken = skippingBroken
    decodesEntities = layout.decodesEntities
    for file in files {
      var summary = CorpusSummary(file: file)
      switch file {
      case .tsv(let path): try readTSV(path, layout, &summary)
      case .csv(let path): try readCSV(path, layout, &summary)
      case .jsonLines(let path): try readJSONLines(path, layout, &summary)
      case .aligned(let source, let target): try readAligned(source, target, &summary)
      case .tmx(let path): try readTMX(path, layout, &summary)
      case .po(let path): try readPO(path, layout, &summary)
      case .xliff(let path): try readXLIFF(path, layout, &summary)
      case .arrays(let path): throw .arrays(path: path)
      }
      self.summary.append(summary)
    }
  }

  /// Adds a pair, whatever is in it.
  mutating func append(source: String, target: String, line: Int) {
    lines.append(Int32(clamping: line))
    sources.append(source)
    targets.append(target)
  }

  /// The line that a pair was read from.
  func line(of index: Int) -> Int { Int(lines[index]) }

  /// Adds a pair that stands on a line, or counts it where a side is empty.
  mutating func add(
    _ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>, at line: Int, of path: String,
    _ summary: inout CorpusSummary
  ) {
    var (source, target) = (source, target)
    if decodesEntities {
      let decoded = (HTMLEntities.decoded(source), HTMLEntities.decoded(target))
      if decoded.0 != nil || decoded.1 != nil { summary.note(.decodedEntities, "\(path):\(line)") }
      if let text = decoded.0?.text { source = text[...] }
      if let text = decoded.1?.text { target = text[...] }
    }
    guard !isBlank(source) && !isBlank(target) else {
      summary.skip(.empty, path, line: line)
      return
    }
    lines.append(Int32(clamping: line))
    sources.append(utf8: source)
    targets.append(utf8: target)
    summary.pairs += 1
  }
}

extension ParallelCorpus {
  /// Adds a pair that was read from no file.
  mutating func append(_ source: ArraySlice<UInt8>, _ target: ArraySlice<UInt8>) {
    sources.append(utf8: source)
    targets.append(utf8: target)
  }

  /// Where the pair at `index` stands: `file:line`; of two aligned files, the source's.
  package func place(of index: Int) -> String {
    var rest = index
    for file in summary {
      if rest < file.pairs, file.file.format == .arrays { return sources[index] }
      if rest < file.pairs { return "\(file.file.names[0]):\(lines[index])" }
      rest -= file.pairs
    }
    return "pair \(index + 1)"
  }
}

extension ParallelCorpus: RandomAccessCollection {
  /// The position of the first pair, 0.
  package var startIndex: Int { 0 }
  /// The number of pairs.
  package var endIndex: Int { sources.count }

  /// The pair at `index`.
  package subscript(index: Int) -> SentencePair {
    SentencePair(source: sources[index], target: targets[index])
  }
}

/// Whether a line holds nothing but white space and characters that nobody sees.
func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
  // Visible ASCII decides nearly every line at once.
  if let first = line.first, first > 0x20 && first < 0x80 { return false }
  var index = line.startIndex
  while index < line.endIndex {
    let (scalar, length) = decodeScalar(line.span, at: index - line.startIndex)
    guard isWhiteSpace(scalar) || UnicodeTables.isInvisible(scalar) else { return false }
    index += length
  }
  return true
}
