extension ParallelCorpus {
  /// Reads a file that holds a pair on every line.
  ///
  /// A line without any text is counted as empty, and one that is not text is an error or counted as broken.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - summary: what is counted.
  ///   - pair: the pair on a line, given the file's name and the number of the line for what is wrong with it; `nil`
  ///   for
  ///     a line that holds none.
  mutating func readLines(
    _ path: String, _ summary: inout CorpusSummary,
    _ pair: (ArraySlice<UInt8>, _ path: String, _ number: Int) throws(CorpusError) -> (
      source: ArraySlice<UInt8>, target: ArraySlice<UInt8>
    )?
  ) throws(CorpusError) {
    var reader = try LineReader(path: path)
    let path = reader.path
    while let next = try reader.next(skipping: skipsBroken, &summary) {
      guard case .text(let line) = next else { continue }
      guard !isBlank(line) else {
        summary.skip(.empty, path, line: reader.line)
        continue
      }
      guard let sides = try pair(line, path, reader.line) else { continue }
      add(sides.source, sides.target, at: reader.line, of: path, &summary)
    }
    summary.finish(reader)
  }
}
