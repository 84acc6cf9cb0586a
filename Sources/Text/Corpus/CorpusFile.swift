/// Where sentence pairs are read from.
public enum CorpusFile: Sendable, Equatable {
  /// Lines with columns between tabs.
  case tsv(String)
  /// A JSON object on every line.
  case jsonLines(String)
  /// Two files of which line n of one translates line n of the other.
  case aligned(source: String, target: String)

  /// One file, whose kind its name tells: `.jsonl`, `.ndjson` and `.json` are JSON Lines, all else is TSV.
  public init(path: String) {
    let name = path.lowercased()
    let isJSON = [".jsonl", ".ndjson", ".json"].contains { name.hasSuffix($0) }
    self = isJSON ? .jsonLines(path) : .tsv(path)
  }

  /// The paths, for messages.
  public var description: String {
    switch self {
    case .tsv(let path), .jsonLines(let path): path
    case .aligned(let source, let target): "\(source) + \(target)"
    }
  }
}

/// Where in a file's lines the two sides of a pair stand.
public struct CorpusLayout: Sendable, Equatable {
  /// The source's column in TSV, counted from 1.
  public var sourceColumn: Int
  /// The target's column in TSV, counted from 1.
  public var targetColumn: Int
  /// The source's key in JSON Lines, where an object has it; otherwise `source` is looked for.
  public var sourceKey: String
  /// The target's key in JSON Lines, where an object has it; otherwise `target` is looked for.
  public var targetKey: String

  /// A layout; the keys are usually the codes of the languages, such as `en` and `fr`.
  ///
  /// - Precondition: columns are at least 1.
  public init(
    sourceColumn: Int = 1, targetColumn: Int = 2, sourceKey: String = "source",
    targetKey: String = "target"
  ) {
    precondition(
      sourceColumn >= 1 && targetColumn >= 1,
      "columns \(sourceColumn) and \(targetColumn); the first column is 1")
    self.sourceColumn = sourceColumn
    self.targetColumn = targetColumn
    self.sourceKey = sourceKey
    self.targetKey = targetKey
  }
}
