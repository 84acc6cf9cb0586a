/// A row of a table whose columns stand between commas.
struct CSVRow {
  /// The line that it begins on.
  let line: Int
  /// Its cells, without quotation marks.
  let cells: [[UInt8]]
}

/// The rows of a file with columns between commas, as RFC 4180 describes it.
///
/// A cell in quotation marks may hold commas, line breaks and, doubled, quotation marks. Semicolons and tabs part
/// columns where the first line has more of them than commas, as spreadsheets of many countries write them.
struct CSVReader {
  private(set) var lines: LineReader
  private var separator: UInt8?
  /// Bytes of a row above which a quotation mark is taken for one that is missing.
  private static let longestRow = 1 << 20

  init(path: String) throws(CorpusError) { lines = try LineReader(path: path) }

  /// The next row, blank lines left out; `nil` at the end of the file.
  mutating func next(
    skippingBroken: Bool, _ summary: inout CorpusSummary
  ) throws(CorpusError) -> CSVRow? {
    while let next = try lines.next(skipping: skippingBroken, &summary) {
      guard case .text(let line) = next else { continue }
      guard !isBlank(line) else {
        summary.skip(.empty, lines.path, line: lines.line)
        continue
      }
      if let row = try row(line, skippingBroken, &summary) { return row }
    }
    return nil
  }

  /// The row that begins with a line; `nil` if a line of it is not text.
  private mutating func row(
    _ line: ArraySlice<UInt8>, _ skippingBroken: Bool, _ summary: inout CorpusSummary
  ) throws(CorpusError) -> CSVRow? {
    let separator = separator ?? Self.separator(of: line)
    self.separator = separator
    let start = lines.line
    var (cells, cell) = ([[UInt8]](), [UInt8]())
    var rest = line
    var (size, isWhole) = (line.count, true)
    cell: while true {
      cell = []
      if rest.first == UInt8(ascii: "\"") {
        let opening = (line: lines.line, index: rest.startIndex)
        rest.removeFirst()
        while true {
          guard let quote = rest.firstIndex(of: UInt8(ascii: "\"")) else {
            cell += rest
            cell.append(UInt8(ascii: "\n"))
            guard size <= Self.longestRow,
              let next = try lines.next(skipping: skippingBroken, &summary)
            else {
              throw .malformed(
                path: lines.path, line: opening.line,
                column: opening.line == start ? Self.column(of: opening.index, in: line) : 1,
                problem: "the quotation mark that opens a cell has none that closes it.")
            }
            if case .text(let more) = next { rest = more } else { (rest, isWhole) = ([], false) }
            size += rest.count
            continue
          }
          cell += rest[..<quote]
          rest = rest[(quote + 1)...]
          guard rest.first == UInt8(ascii: "\"") else { break }
          cell.append(UInt8(ascii: "\""))
          rest.removeFirst()
        }
      }
      // What follows a closing quotation mark belongs to the cell, as in spreadsheets.
      let end = rest.firstIndex(of: separator)
      cell += rest[..<(end ?? rest.endIndex)]
      cells.append(cell)
      guard let end else { break cell }
      rest = rest[(end + 1)...]
    }
    return isWhole ? CSVRow(line: start, cells: cells) : nil
  }

  /// Characters before a byte of a line, and one.
  private static func column(of index: Int, in line: ArraySlice<UInt8>) -> Int {
    line[..<index].count { $0 & 0xC0 != 0x80 } + 1
  }

  /// What parts the columns of a line: the most frequent sign outside of quotation marks.
  private static func separator(of line: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let signs = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let most = signs.map { counts[$0, default: 0] }.max() ?? 0
    return signs.first { counts[$0, default: 0] == most } ?? UInt8(ascii: ",")
  }
}

extension ParallelCorpus {
  /// Reads rows with columns between commas; line breaks within a cell are spaces.
  mutating func readCSV(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    var reader = try CSVReader(path: path)
    var table = TableReading(layout)
    let path = reader.lines.path
    while let row = try reader.next(skippingBroken: skipsBroken, &summary) {
      func cell(_ column: Int) -> ArraySlice<UInt8>? {
        guard column <= row.cells.count else { return nil }
        let cell = row.cells[column - 1]
        return cell.contains(UInt8(ascii: "\n")) ? cell.withSingleSpaces[...] : cell[...]
      }
      let pair = try table.pair(
        cell(layout.sourceColumn), cell(layout.targetColumn), columns: row.cells.count,
        at: row.line, of: path, cells: { row.cells.map { $0[...] } })
      guard let pair else { continue }
      add(pair.source, pair.target, at: row.line, of: path, &summary)
    }
    table.finish(&summary)
    summary.finish(reader.lines)
  }
}
