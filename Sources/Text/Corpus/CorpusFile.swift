/// Where sentence pairs are read from.
package enum CorpusFile: Sendable, Equatable {
  /// Lines with columns between tabs.
  case tsv(String)
  /// Rows with columns between commas, in quotation marks where need be.
  case csv(String)
  /// A JSON object on every line.
  case jsonLines(String)
  /// Two files of which line n of one translates line n of the other.
  case aligned(source: String, target: String)
  /// A translation memory, TMX 1.4.
  case tmx(String)
  /// The messages of a program and their translations, in gettext's PO format.
  case po(String)
  /// Texts and translations of a program, XLIFF 1.2 or 2.
  case xliff(String)
  /// Arrays of numbers: images or features and their classes, in safetensors, NPZ or NPY.
  case arrays(String)

  /// One file, whose kind its name tells: `.jsonl`, `.ndjson` and `.json` are JSON Lines, `.csv`, `.tmx`, `.po`, `.xlf`
  /// and `.xliff` what they say, `.safetensors`, `.npz` and `.npy` hold arrays, and all else is TSV; `-` is standard
  /// input.
  ///
  /// A `.gz` after the ending does not count.
  package init(path: String) {
    let name = Self.unpackedName(path).lowercased()
    let format = CorpusFormat.allCases.first { format in
      format.endings.contains { name.hasSuffix($0) }
    }
    self.init(path: path, format: format ?? .tsv)
  }

  /// A name without the ending that gzip adds.
  package static func unpackedName(_ path: String) -> String {
    path.lowercased().hasSuffix(".gz") ? String(path.dropLast(3)) : path
  }

  /// One file of a kind that its name need not tell.
  package init(path: String, format: CorpusFormat) {
    switch format {
    case .tsv: self = .tsv(path)
    case .csv: self = .csv(path)
    case .jsonLines: self = .jsonLines(path)
    case .tmx: self = .tmx(path)
    case .po: self = .po(path)
    case .xliff: self = .xliff(path)
    case .arrays: self = .arrays(path)
    }
  }

  /// The kind of a single file; `nil` for two aligned ones.
  package var format: CorpusFormat? {
    switch self {
    case .tsv: .tsv
    case .csv: .csv
    case .jsonLines: .jsonLines
    case .tmx: .tmx
    case .po: .po
    case .xliff: .xliff
    case .arrays: .arrays
    case .aligned: nil
    }
  }

  /// The paths; `-` is standard input.
  package var paths: [String] {
    switch self {
    case .tsv(let path), .csv(let path), .jsonLines(let path), .tmx(let path), .po(let path),
      .xliff(let path), .arrays(let path):
      [path]
    case .aligned(let source, let target): [source, target]
    }
  }

  /// The same with other paths.
  package func mapPaths(_ change: (String) -> String) -> CorpusFile {
    switch self {
    case .tsv(let path): .tsv(change(path))
    case .csv(let path): .csv(change(path))
    case .jsonLines(let path): .jsonLines(change(path))
    case .aligned(let source, let target): .aligned(source: change(source), target: change(target))
    case .tmx(let path): .tmx(change(path))
    case .po(let path): .po(change(path))
    case .xliff(let path): .xliff(change(path))
    case .arrays(let path): .arrays(change(path))
    }
  }

  /// The paths, for messages.
  package var description: String { names.joined(separator: " + ") }

  /// The paths, in words.
  var names: [String] { paths.map { $0 == "-" ? "standard input" : $0 } }
}

/// The kinds of files that hold both sides of their pairs.
package enum CorpusFormat: String, CaseIterable, Sendable {
  /// Lines with columns between tabs.
  case tsv
  /// Rows with columns between commas.
  case csv
  /// A JSON object on every line.
  case jsonLines = "jsonl"
  /// A translation memory.
  case tmx
  /// Messages of a program.
  case po
  /// Texts and translations of a program.
  case xliff
  /// Arrays of numbers.
  case arrays

  /// The kinds that hold text.
  package static let texts = allCases.filter { $0 != .arrays }

  /// How names of such files end.
  package var endings: [String] {
    switch self {
    case .tsv: [".tsv"]
    case .csv: [".csv"]
    case .jsonLines: [".jsonl", ".ndjson", ".json"]
    case .tmx: [".tmx"]
    case .po: [".po"]
    case .xliff: [".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"]
    case .arrays: [".safetensors", ".npz", ".npy"]
    }
  }
}

/// Where in a file's lines the two sides of a pair stand.
package struct CorpusLayout: Sendable, Equatable {
  /// The source's column in TSV and CSV, counted from 1.
  package var sourceColumn: Int
  /// The target's column in TSV and CSV, counted from 1.
  package var targetColumn: Int
  /// The source's key in JSON Lines, where an object has it, otherwise `source`; and its language in TMX, PO and XLIFF.
  package var sourceKey: String
  /// The target's key in JSON Lines, where an object has it, otherwise `target`; and its language in TMX, PO and XLIFF.
  package var targetKey: String
  /// Whether entities of HTML become the characters they stand for.
  package var decodesEntities = false

  /// A layout; the keys are usually the codes of the languages, such as `en` and `fr`.
  ///
  /// - Precondition: columns are at least 1.
  package init(
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
