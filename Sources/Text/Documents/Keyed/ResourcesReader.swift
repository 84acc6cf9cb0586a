/// Reads the texts of a .NET resource file: `<data name="key"><value>text</value></data>`.
///
/// Values of other types than text are left out, as are names that begin with `>>` or `$`, which designers write.
enum ResourcesReader {
  static func read(
    _ path: String, _ summary: inout CorpusSummary
  ) throws(CorpusError) -> KeyedTexts {
    var reader = try XMLReader(path: path)
    var texts = KeyedTexts(path: reader.path)
    var open: [String] = []
    var (key, text, line) = (nil as String?, [UInt8](), 0)
    var invalidBefore = 0
    while let event = try reader.next() {
      switch event {
      case .start(let name, let attributes):
        if open.isEmpty, name != "root" {
          throw reader.error(
            "expected the element <root>, found <\(name)>. This is not a resource file.")
        }
        open.append(name)
        guard name == "data" else { continue }
        let isText = attributes["type"] == nil && attributes["mimetype"] == nil
        key = attributes["name"].flatMap {
          isText && !$0.hasPrefix(">") && !$0.hasPrefix("$") ? $0 : nil
        }
        (text, line, invalidBefore) = ([], reader.line, reader.invalidCharacters)
      case .text(let part): if open.suffix(2) == ["data", "value"] { text += part }
      case .end(let name):
        open.removeLast()
        guard name == "data", let found = key else { continue }
        key = nil
        if reader.invalidCharacters > invalidBefore {
          summary.skip(.invalidCharacter, reader.path, line: line)
        } else {
          texts.add(found, text, line: line)
        }
      }
    }
    reader.finish(&summary)
    return texts
  }
}
