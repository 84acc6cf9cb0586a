extension ParallelCorpus {
  /// Reads lines with columns between tabs; columns that the layout does not name are ignored.
  ///
  /// There is no quoting: a quotation mark is a quotation mark. A line without any text is an empty pair.
  mutating func readTSV(_ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary)
    throws(CorpusError)
  {
    try readLines(path, &summary) { line, path, number throws(CorpusError) in
      let source = Self.column(layout.sourceColumn, of: line)
      let target = Self.column(layout.targetColumn, of: line)
      guard let source, let target else {
        throw .missingColumn(
          path: path, line: number,
          column: source == nil ? layout.sourceColumn : layout.targetColumn,
          found: 1 + line.count { $0 == UInt8(ascii: "\t") })
      }
      return (source, target)
    }
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
