extension ParallelCorpus {
  /// Reads lines with columns between tabs; columns that the layout does not name are ignored.
  ///
  /// There is no quoting: a quotation mark is a quotation mark. A line without any text is an empty pair. A first line
  /// that names the columns is not a pair, and lines with more columns than most are counted.
  mutating func readTSV(_ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary)
    throws(CorpusError)
  {
    var table = TableReading(layout)
    do {
      try readLines(path, &summary) { line, path, number throws(CorpusError) in
        let columns = 1 + line.count { $0 == UInt8(ascii: "\t") }
        let source = Self.column(layout.sourceColumn, of: line)
        let target = Self.column(layout.targetColumn, of: line)
        if source == nil || target == nil, table.survey.rows == 0,
          let format = ForeignFormat(path: path, firstLine: line)
        {
          throw format.error(path)
        }
        return try table.pair(
          source, target, columns: columns, at: number, of: path,
          cells: { line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false) })
      }
    } catch .foreign(let path, let kind, let remedy) {
      // What packs a spreadsheet is not what a person thinks of.
      throw ForeignFormat(path: path)?.error(path)
        ?? .foreign(path: path, kind: kind, remedy: remedy)
    }
    table.finish(&summary)
  }

  /// A column of a line, counted from 1.
  private static func column(_ number: Int, of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = line
    for _ in 1..<number {
      guard let tab = rest.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      rest = rest[(tab + 1)...]
    }
    return rest.prefix { $0 != UInt8(ascii: "\t") }
  }
}

/// What the rows of a table have in common, however its columns are parted.
struct TableReading {
  let layout: CorpusLayout
  var survey = ColumnSurvey()
  /// Where the names of the columns stand.
  private var header: (path: String, line: Int)?
  /// The languages that those names are codes of.
  private var languages: (source: String, target: String)?

  init(_ layout: CorpusLayout) { self.layout = layout }

  /// The pair of a row; `nil` for one that names the columns.
  mutating func pair(
    _ source: ArraySlice<UInt8>?, _ target: ArraySlice<UInt8>?, columns: Int, at line: Int,
    of path: String, cells: () -> [ArraySlice<UInt8>]
  ) throws(CorpusError) -> (source: ArraySlice<UInt8>, target: ArraySlice<UInt8>)? {
    survey.count(columns: columns, "\(path):\(line)")
    let isFirst = survey.rows == 0
    if survey.isOpen { survey.add(cells()) }
    guard let source, let target else {
      throw .missingColumn(
        path: path, line: line,
        column: source == nil ? layout.sourceColumn : layout.targetColumn, found: columns)
    }
    guard isFirst, HeaderRow.isHeader(source, target, layout) else { return (source, target) }
    header = (path, line)
    languages = HeaderRow.languages(source, target)
    return nil
  }

  /// Takes over what was found.
  func finish(_ summary: inout CorpusSummary) {
    if let header { summary.skip(.header, header.path, line: header.line) }
    if let languages {
      summary.declaredLanguages = .init(source: languages.source, target: languages.target)
    }
    summary.columns = survey
    if let uneven = survey.uneven { summary.note(.unevenColumns, uneven) }
    let verdict = survey.verdict(source: layout.sourceColumn, target: layout.targetColumn)
    guard verdict != .fine else { return }
    let place = "\(summary.file.names[0]):1"
    var finding = CorpusFinding()
    for _ in 0..<survey.rows { finding.add(place, excerpt: survey.description) }
    summary.note(.otherColumns, finding)
  }
}
