import DragomanFormats

extension ParallelCorpus {
  /// Reads a JSON object from every line that is not blank.
  ///
  /// The sides of a pair are looked for under the layout's keys, usually the codes of the languages:
  /// `{"en": "…", "fr": "…"}`; then under those keys in an object `"translation"`, as data sets in the manner of
  /// Hugging Face have them; then under `"source"` and `"target"`. Other keys are ignored. `null` is an
  /// empty side. A file that begins with `[` is one array of such objects, which is read as a whole.
  mutating func readJSONLines(
    _ path: String, _ layout: CorpusLayout, _ summary: inout CorpusSummary
  )
    throws(CorpusError)
  {
    var document: JSONDocument?
    var isFirst = true
    try readLines(path, &summary) { line, path, number throws(CorpusError) in
      if isFirst { document = JSONDocument(firstLine: line, number: number) }
      isFirst = false
      if document != nil {
        document?.add(line, number: number)
        return nil
      }
      let object = try Self.parse(line, path: path, line: number)
      let (source, target) = try Self.sides(of: object, layout, path: path, line: number)
      return (Array(source.utf8)[...], Array(target.utf8)[...])
    }
    guard let document else { return }
    let name = summary.file.names[0]
    for object in try document.objects(path: name) {
      let line = object.position.line
      let (source, target) = try Self.sides(of: object, layout, path: name, line: line)
      add(Array(source.utf8)[...], Array(target.utf8)[...], at: line, of: name, &summary)
    }
  }

  private static func parse(
    _ line: ArraySlice<UInt8>, path: String, line number: Int
  ) throws(CorpusError) -> JSON {
    let value: JSON
    do {
      value = try JSON.parse(Array(line), file: path)
    } catch .text(_, let position, let expected, let found) {
      throw .invalidJSON(
        path: path, line: number, column: position.column,
        problem: "expected \(expected), found \(found).")
    } catch {
      throw .invalidJSON(path: path, line: number, column: 1, problem: error.description)
    }
    guard value.members != nil else {
      throw .invalidJSON(
        path: path, line: number, column: value.position.column,
        problem: "expected an object, found \(value.brief).")
    }
    return value
  }

  private static func sides(
    of object: JSON, _ layout: CorpusLayout, path: String, line: Int
  ) throws(CorpusError) -> (source: String, target: String) {
    let places: [(object: JSON?, source: String, target: String)] = [
      (object, layout.sourceKey, layout.targetKey),
      (object["translation"], layout.sourceKey, layout.targetKey), (object, "source", "target"),
    ]
    for place in places {
      guard let source = place.object?[place.source], let target = place.object?[place.target]
      else {
        continue
      }
      return (
        try text(source, place.source, path: path, line: line),
        try text(target, place.target, path: path, line: line)
      )
    }
    var expected = "the keys \"\(layout.sourceKey)\" and \"\(layout.targetKey)\""
    if (layout.sourceKey, layout.targetKey) != ("source", "target") {
      expected += ", or \"source\" and \"target\""
    }
    throw .missingKey(
      path: path, line: line, expected: expected, found: object.members?.map(\.name) ?? [])
  }

  private static func text(
    _ value: JSON, _ key: String, path: String, line: Int
  ) throws(CorpusError) -> String {
    if value.isNull { return "" }
    guard let text = value.string else {
      throw .notAString(
        path: path, line: line, column: value.position.column, key: key, found: value.brief)
    }
    return text
  }
}
