extension ParallelCorpus {
  /// Reads two files of which line n of one translates line n of the other, or that have texts by their keys.
  mutating func readAligned(
    _ sourcePath: String, _ targetPath: String, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    if let format = KeyedFormat(sourcePath, targetPath) {
      return try readKeyed(format, sourcePath, targetPath, &summary)
    }
    var source = try LineReader(path: sourcePath)
    var target = try LineReader(path: targetPath)
    let (sourcePath, targetPath) = (source.path, target.path)
    while true {
      let left = try source.next(skipping: skipsBroken, &summary)
      let right = try target.next(skipping: skipsBroken, &summary)
      switch (left, right) {
      case (.text(let left)?, .text(let right)?):
        add(left, right, at: source.line, of: sourcePath, &summary)
      case (_?, _?): continue
      case (nil, nil):
        summary.finish(source)
        summary.finish(target)
        return
      case (_?, nil):
        let targetLines = target.line
        while try source.next(skipping: true, &summary) != nil {}
        throw .unequalLines(
          source: sourcePath, sourceLines: source.line, target: targetPath, targetLines: targetLines
        )
      case (nil, _?):
        let sourceLines = source.line
        while try target.next(skipping: true, &summary) != nil {}
        throw .unequalLines(
          source: sourcePath, sourceLines: sourceLines, target: targetPath, targetLines: target.line
        )
      }
    }
  }
}
