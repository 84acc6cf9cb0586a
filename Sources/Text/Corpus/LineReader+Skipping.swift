extension LineReader {
  /// A line, or what stands in its place.
  enum Line {
    /// Valid text.
    case text(ArraySlice<UInt8>)
    /// No text; it was counted as skipped.
    case broken
  }

  /// The next line; one that is not text is an error, or is counted where `skipping` says so.
  mutating func next(
    skipping: Bool, _ summary: inout CorpusSummary
  ) throws(CorpusError) -> Line? {
    let before = carriageReturns
    do {
      let line = try next()
      if carriageReturns > before { summary.carriageReturns.add("\(path):\(self.line)") }
      return line.map { .text($0) }
    } catch {
      // The reader stands after the line already.
      switch error {
      case .invalidUTF8 where skipping: summary.skip(.invalidUTF8, path, line: line)
      case .nul where skipping: summary.skip(.nul, path, line: line)
      // A file that is one such line comes from a system that ends lines so: nothing of it would be left.
      case .carriageReturn where skipping && !isOneLine:
        summary.skip(.loneCarriageReturn, path, line: line)
      default: throw error
      }
      return .broken
    }
  }
}
