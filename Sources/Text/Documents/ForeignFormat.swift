/// A format of texts that is not read, or not under this name: what it is, and what to do.
package struct ForeignFormat: Sendable, Equatable {
  /// What the file is, to follow "found".
  package let kind: String
  /// What to do with it.
  package let remedy: String

  /// The formats that are read, for messages.
  package static let supported =
    "Pairs are read from .tsv, .csv, .jsonl, .tmx, .po and .xlf files, and from two text files."

  /// A format that the ending of a name tells.
  package init?(path: String) {
    let name = CorpusFile.unpackedName(path).lowercased()
    guard let known = Self.endings.first(where: { name.hasSuffix($0.ending) }) else { return nil }
    self = known.format
  }

  /// A format that the first line tells, or else the name.
  init?(path: String, firstLine: ArraySlice<UInt8>) {
    let line = String(decoding: firstLine.withoutSpaces, as: UTF8.self)
    let starts: [(start: String, kind: String, remedy: String)] = [
      ("<tmx", "a translation memory (TMX)", Self.stated("tmx")),
      ("<xliff", "an XLIFF file", Self.stated("xliff")),
      (
        "<?xml", "an XML file",
        "A translation memory is read as the format tmx, an XLIFF file as xliff."
      ), ("msgid \"", "messages of gettext (PO)", Self.stated("po")),
      ("{\"", "JSON", Self.stated("jsonl")), ("[{", "JSON", Self.stated("jsonl")),
    ]
    if let known = starts.first(where: { line.hasPrefix($0.start) }), Self(path: path) == nil {
      self.init(kind: known.kind, remedy: known.remedy)
    } else if line.hasPrefix("\""), line.hasSuffix("\";"), line.contains("\" = \"") {
      self = Self.strings
    } else {
      self.init(path: path)
    }
  }

  /// The refusal of such a file.
  package func error(_ path: String) -> CorpusError {
    .otherFormat(path: path, kind: kind, remedy: remedy)
  }

  private init(kind: String, remedy: String) { (self.kind, self.remedy) = (kind, remedy) }

  private static func stated(_ format: String) -> String {
    "Say so: --format \(format), or \"format\": \"\(format)\" beside \"file\" in a configuration."
  }

  private static func oneLanguage(_ kind: String) -> Self {
    Self(
      kind: "\(kind), which holds one language",
      remedy: "Export both languages as XLIFF, TMX or PO, or as a table. \(supported)")
  }

  private static func byKeys(_ kind: String, _ ending: String) -> Self {
    Self(
      kind: "\(kind), which holds one language",
      remedy: """
        Name the files of both languages, as --source en\(ending) --target fr\(ending) or \
        {"source": "en\(ending)", "target": "fr\(ending)"}: their texts are paired by their keys.
        """)
  }

  private static let strings = byKeys("texts of an Apple program", ".strings")

  private static let spreadsheet = Self(
    kind: "a spreadsheet", remedy: "Save it as CSV in UTF-8. \(supported)")

  private static let endings: [(ending: String, format: Self)] = [
    (".strings", strings),
    (".stringsdict", oneLanguage("texts of an Apple program (.stringsdict)")),
    (
      ".xcstrings",
      Self(
        kind: "a string catalogue of Xcode",
        remedy: "Export it as XLIFF with 'xcodebuild -exportLocalizations'. \(supported)")
    ), (".resx", byKeys("resources of .NET", ".resx")),
    (".resw", byKeys("resources of .NET", ".resw")),
    (".properties", oneLanguage("properties of Java")),
    (".arb", oneLanguage("texts of Flutter (.arb)")),
    (".yml", oneLanguage("a YAML file")), (".yaml", oneLanguage("a YAML file")),
    (".xml", oneLanguage("an XML file, of Android for instance")),
    (
      ".pot",
      Self(
        kind: "a template of gettext, which has no translations",
        remedy: "Name the .po file of a language.")
    ),
    (
      ".mo",
      Self(kind: "compiled messages of gettext", remedy: "Turn them into PO with 'msgunfmt'.")
    ),
    (
      ".ts",
      Self(
        kind: "a file of Qt Linguist",
        remedy: "Turn it into XLIFF or PO with 'lconvert', for example 'lconvert -of po'.")
    ),
    (
      ".qm",
      Self(
        kind: "compiled messages of Qt",
        remedy: "Turn them into PO with 'lconvert', for example 'lconvert -of po'.")
    ), (".xlsx", spreadsheet), (".xls", spreadsheet), (".ods", spreadsheet),
    (
      ".parquet",
      Self(kind: "a Parquet file", remedy: "Export it as JSON Lines or CSV. \(supported)")
    ),
  ]
}

extension ArraySlice<UInt8> {
  /// The bytes without ASCII white space at either end.
  fileprivate var withoutSpaces: ArraySlice<UInt8> {
    var rest = drop { $0 <= 0x20 }
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    return rest
  }
}
