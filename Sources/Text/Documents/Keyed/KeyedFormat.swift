/// A format of texts in one language by their keys; two such files are a corpus.
enum KeyedFormat: CaseIterable {
  /// `"key" = "text";` of Apple's programs.
  case strings
  /// Resources of .NET, in XML.
  case resources

  /// The format that the names of two files tell; `nil` if they are texts, or differ.
  init?(_ source: String, _ target: String) {
    func format(_ path: String) -> Self? {
      let name = CorpusFile.unpackedName(path).lowercased()
      return Self.allCases.first { format in format.endings.contains { name.hasSuffix($0) } }
    }
    guard let found = format(source), found == format(target) else { return nil }
    self = found
  }

  private var endings: [String] {
    switch self {
    case .strings: [".strings"]
    case .resources: [".resx", ".resw"]
    }
  }

  /// The texts of a file in their order; of a key that comes twice, the last one counts.
  func read(_ path: String, _ summary: inout CorpusSummary) throws(CorpusError) -> KeyedTexts {
    switch self {
    case .strings: try StringsReader.read(path, &summary)
    case .resources: try ResourcesReader.read(path, &summary)
    }
  }
}

/// Texts by their keys.
struct KeyedTexts {
  /// A text and the line it stands on.
  struct Entry {
    let line: Int
    let text: [UInt8]
  }

  /// The file's name for messages.
  let path: String
  private(set) var keys: [String] = []
  private var entries: [ScalarString: Entry] = [:]

  init(path: String) { self.path = path }

  subscript(key: String) -> Entry? { entries[ScalarString(key)] }

  mutating func add(_ key: String, _ text: [UInt8], line: Int) {
    if entries.updateValue(Entry(line: line, text: text), forKey: ScalarString(key)) == nil {
      keys.append(key)
    }
  }
}

extension ParallelCorpus {
  /// Reads two files of texts by keys, whose pairs are what both have under a key.
  ///
  /// White space is one space.
  mutating func readKeyed(
    _ format: KeyedFormat, _ sourcePath: String, _ targetPath: String,
    _ summary: inout CorpusSummary
  ) throws(CorpusError) {
    let sources = try format.read(sourcePath, &summary)
    let targets = try format.read(targetPath, &summary)
    for key in sources.keys {
      guard let source = sources[key] else { continue }
      guard let target = targets[key] else {
        summary.skip(.missingKey, sources.path, line: source.line)
        continue
      }
      add(
        source.text.withSingleSpaces[...], target.text.withSingleSpaces[...], at: source.line,
        of: sources.path, &summary)
    }
    for key in targets.keys where sources[key] == nil {
      summary.skip(.missingKey, targets.path, line: targets[key]?.line ?? 1)
    }
  }
}
