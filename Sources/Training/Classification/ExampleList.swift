import DragomanFormats
import DragomanImages
package import DragomanText

/// The examples of one part of the data that are not texts, file by file: what names them, and their classes.
///
/// A file is a table of names of files and of classes, or holds arrays: what the encoder reads, and `labels`.
package struct ExampleList: Sendable {
  /// The name and the class of each example.
  package private(set) var corpus = ParallelCorpus()
  /// The files, with the examples that they have.
  private(set) var parts: [Part] = []
  /// The names of classes in the order of their numbers, where arrays number them.
  private(set) var order: [String] = []

  /// The examples of one file.
  struct Part: Sendable {
    /// The arrays; `nil` if each example has a file of its own.
    let arrays: ArrayFile?
    /// Which examples these are.
    let examples: Range<Int>
    /// What there is one of for each example of the arrays.
    var unit = "label"
  }

  /// Names of files and classes that were read already.
  package init(_ corpus: ParallelCorpus) {
    (self.corpus, parts) = (corpus, [Part(arrays: nil, examples: 0..<corpus.count)])
  }
  /// Names with what belongs to them, file by file.
  init(_ corpus: ParallelCorpus, parts: [Part]) { (self.corpus, self.parts) = (corpus, parts) }

  /// Reads names and classes, no examples.
  package init(
    _ files: [CorpusFile], _ data: DataConfiguration, skippingBroken: Bool = true
  ) throws {
    for file in files {
      let start = corpus.count
      let labelled = try Self.labelled(file)
      if let labelled {
        corpus.append(ParallelCorpus(labels: labelled.labels.texts, of: file))
        for name in labelled.labels.order where !order.contains(name) { order.append(name) }
      } else {
        corpus.append(try data.read([file], skippingBroken: skippingBroken))
      }
      parts.append(Part(arrays: labelled?.arrays, examples: start..<corpus.count))
    }
  }

  /// Whether a file holds arrays.
  package static func isOfArrays(_ file: CorpusFile) -> Bool { file.paths.contains(where: isArray) }

  /// Whether an array of this name is in one of the files.
  package func hasArray(named name: String) -> Bool {
    parts.contains { $0.arrays?.names.contains(name) ?? false }
  }

  private static func isArray(_ path: String) -> Bool { CorpusFile(path: path).format == .arrays }

  /// The arrays of a file and the labels beside them; `nil` if it is a table.
  private static func labelled(
    _ file: CorpusFile
  ) throws -> (arrays: ArrayFile, labels: ArrayLabels)? {
    switch file {
    case .arrays(let path):
      let arrays = try ArrayFile(path: path)
      guard !arrays.isSingle else {
        throw ArrayError(
          file: path, array: nil, expected: "arrays of examples and of 'labels'",
          found: "one without a name",
          remedy:
            "Name two files, {\"source\": \"\(path)\", \"target\": \"labels.npy\"}, or save both with 'numpy.savez'."
        )
      }
      return (arrays, try ArrayLabels(arrays))
    case .aligned(let source, let target) where isArray(source):
      let arrays = try ArrayFile(path: source)
      guard isArray(target) else {
        return (arrays, try ArrayLabels(lines: target))
      }
      return (arrays, try ArrayLabels(ArrayFile(path: target)))
    case .aligned, .tsv, .csv, .jsonLines, .tmx, .po, .xliff: return nil
    }
  }

  /// Refuses arrays of another number of examples than there are labels.
  static func require(_ found: Int, _ part: Part, _ path: String, array: String) throws {
    guard found != part.examples.count else { return }
    throw ArrayError(
      file: path, array: array,
      expected: "\(Words.count(part.examples.count, "example")), one for each \(part.unit)",
      found: NumberText.grouped(found),
      remedy: found == 1
        ? "Give 'lengths' or 'offsets' with rows of several examples, or an axis of their own."
        : "Save both in the same order.")
  }
}
