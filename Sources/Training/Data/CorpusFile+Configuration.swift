import DragomanFormats
import DragomanText

/// Two files whose lines belong together, as a configuration states them.
private struct AlignedFiles: Configuration {
  var source = ""
  var target = ""

  static let about = "Two files; line n of the one belongs to line n of the other."
  static let fields: [ConfigurationField<AlignedFiles>] = [
    .init(
      \.source, "source", .text("the name of a file"), required: true,
      help: "File with the source, a line each."),
    .init(
      \.target, "target", .text("the name of a file"), required: true,
      help: "File with the target, a line each."),
  ]
}

/// A file whose name does not tell its kind, as a configuration states it.
private struct FormattedFile: Configuration {
  var file = ""
  var format = CorpusFormat.tsv

  static let about = "A file of a kind that its name does not tell."
  static let fields: [ConfigurationField<FormattedFile>] = [
    .init(
      \.file, "file", .text("the name of a file, or \"-\" for standard input"), required: true,
      help: "The file, or \"-\" for standard input."),
    .init(\.format, "format", .choice, help: "What it holds, as the ending of a name would say."),
  ]
}

extension ConfigurationType where Value == CorpusFile {
  /// A `"file.tsv"` (or `.csv`, `.jsonl`, `.tmx`, `.po`, `.xlf`, or `.safetensors`, `.npz`, `.npy` with arrays), `"-"`
  /// for TSV from standard input, a file with its format, or
  /// `{"source": "train.en", "target": "train.de"}`.
  static var corpus: Self {
    let aligned = ConfigurationType<AlignedFiles>.object
    let formatted = ConfigurationType<FormattedFile>.object
    let words = "the name of a .tsv, .csv, .jsonl, .tmx, .po, .xlf, .safetensors, .npz or .npy file"
    let shape = Deferred {
      ConfigurationShape.either([.text(words), aligned.shape, formatted.shape])
    }
    return Self(
      shape.value,
      write: { file in
        if case .aligned(let source, let target) = file {
          var files = AlignedFiles()
          (files.source, files.target) = (source, target)
          return aligned.write(files)
        }
        if named(file.paths[0]) == file { return .string(file.paths[0]) }
        var stated = FormattedFile()
        (stated.file, stated.format) = (file.paths[0], file.format ?? .tsv)
        return formatted.write(stated)
      },
      read: { json, reader, value in
        if let path = json.string {
          guard let file = named(path) else {
            let found = ForeignFormat(path: path).map { ", and not \($0.kind)" } ?? ""
            return reader.report(json, breaks: shape.value.words + found)
          }
          value = file
        } else if json.members != nil, json["file"] != nil || json["format"] != nil {
          var file = FormattedFile()
          formatted.read(json, &reader, &file)
          value = CorpusFile(path: file.file, format: file.format)
        } else if json.members != nil {
          var files = AlignedFiles()
          aligned.read(json, &reader, &files)
          value = .aligned(source: files.source, target: files.target)
        } else {
          reader.report(json, isNot: shape.value.words)
        }
      })
  }

  /// The file of a name that tells its kind, a `.gz` after it left out; `-` is TSV.
  private static func named(_ path: String) -> CorpusFile? {
    if path == "-" { return .tsv(path) }
    if CorpusFormat.arrays.endings.contains(where: path.hasSuffix) { return .arrays(path) }
    let name = CorpusFile.unpackedName(path)
    return CorpusFormat.texts.first { $0.endings.contains { name.hasSuffix($0) } }.map {
      CorpusFile(path: path, format: $0)
    }
  }
}
