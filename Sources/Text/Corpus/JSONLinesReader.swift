import DragomanFormats

extension ParallelCorpus {
  /// Reads a JSON object per line; keys that the layout does not name are ignored, empty lines are skipped.
  mutating func readJSONLines(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    var reader = try LineReader(path: path)
    while let line = try reader.next() {
      guard !isBlank(line) else {
        summary.skippedAsEmpty += 1
        continue
      }
      let json: JSON
      do {
        json = try JSON.parse(Array(line), file: path)
      } catch {
        guard case .text(_, let position, let expected, let found) = error else {
          throw .unreadable(path: path, reason: "\(error)")
        }
        throw .invalidJSON(
          path: path, line: reader.line, column: position.column,
          problem: "expected \(expected), found \(found).")
      }
      guard let members = json.members else {
        throw .invalidJSON(
          path: path, line: reader.line, column: json.position.column,
          problem: "expected an object, found \(json.brief).")
      }
      func text(_ keys: [String]) throws(CorpusError) -> ArraySlice<UInt8> {
        guard let key = keys.first(where: { json[$0] != nil }), let value = json[key] else {
          let expected = keys.map { "\"\($0)\"" }.joined(separator: " or ")
          throw .missingKey(
            path: path, line: reader.line, expected: expected, found: members.map(\.name))
        }
        guard let text = value.string else {
          throw .notAString(
            path: path, line: reader.line, column: value.position.column, key: key,
            found: value.brief)
        }
        return Array(text.utf8)[...]
      }
      let source = try text(
        layout.sourceKey == "source" ? ["source"] : [layout.sourceKey, "source"])
      let target = try text(
        layout.targetKey == "target" ? ["target"] : [layout.targetKey, "target"])
      add(source, target, &summary)
    }
  }
}
