extension ParallelCorpus {
  /// Reads two files of which line n of one translates line n of the other.
  mutating func readAligned(
    _ sourcePath: String, _ targetPath: String, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    var source = try LineReader(path: sourcePath)
    var target = try LineReader(path: targetPath)
    while true {
      switch (try source.next(), try target.next()) {
      case (let left?, let right?): add(left, right, &summary)
      case (nil, nil): return
      case (_?, nil):
        let targetLines = target.line
        while try source.next() != nil {}
        throw .unequalLines(
          source: sourcePath, sourceLines: source.line, target: targetPath, targetLines: targetLines
        )
      case (nil, _?):
        let sourceLines = source.line
        while try target.next() != nil {}
        throw .unequalLines(
          source: sourcePath, sourceLines: sourceLines, target: targetPath, targetLines: target.line
        )
      }
    }
  }
}
