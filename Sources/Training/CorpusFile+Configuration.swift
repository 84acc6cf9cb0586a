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

extension ConfigurationType where Value == CorpusFile {
  /// A `"file.tsv"`, a `"file.jsonl"`, or `{"source": "train.en", "target": "train.de"}`.
  static var corpus: Self {
    let aligned = ConfigurationType<AlignedFiles>.object
    let words = "the name of a .tsv or .jsonl file"
    let shape = ConfigurationShape.either([.text(words), aligned.shape])
    return Self(
      shape,
      write: { file in
        switch file {
        case .tsv(let path), .jsonLines(let path): return .string(path)
        case .aligned(let source, let target):
          var files = AlignedFiles()
          (files.source, files.target) = (source, target)
          return aligned.write(files)
        }
      },
      read: { json, reader, value in
        if let path = json.string {
          if path.hasSuffix(".tsv") {
            value = .tsv(path)
          } else if path.hasSuffix(".jsonl") {
            value = .jsonLines(path)
          } else {
            reader.report(json, breaks: shape.words)
          }
        } else if json.members != nil {
          var files = AlignedFiles()
          aligned.read(json, &reader, &files)
          value = .aligned(source: files.source, target: files.target)
        } else {
          reader.report(json, isNot: shape.words)
        }
      })
  }
}
