import DragomanFormats
import DragomanImages
import DragomanText

/// The captions of one part of the data, and what they are about, each once: several captions may be about one example.
///
/// A file is a table of names of files and of captions, as many lines of the same name as there are captions; or arrays
/// of examples beside a text with a line for each, several captions of a line apart by tabs; or arrays with an array
/// `captions`.
struct CaptionList: Sendable {
  /// The examples, each once, with its first caption.
  private(set) var examples: ExampleList
  /// The name of what it is about, and the caption.
  private(set) var pairs = ParallelCorpus()
  /// The number of each caption's example.
  private(set) var numbers: [Int32] = []

  /// Reads names and captions, no examples.
  init(
    _ files: [CorpusFile], _ data: DataConfiguration, skippingBroken: Bool = true
  ) throws {
    var (corpus, parts) = (ParallelCorpus(), [ExampleList.Part]())
    for file in files {
      let start = corpus.count
      if let (arrays, captions) = try Self.captions(beside: file) {
        let first = ParallelCorpus(labels: captions.map { $0[0] }, of: file)
        for (index, texts) in captions.enumerated() {
          numbers += texts.map { _ in Int32(start + index) }
        }
        pairs.append(
          ParallelCorpus(captions, sources: first.sources, of: file))
        corpus.append(first)
        parts.append(
          ExampleList.Part(
            arrays: arrays, examples: start..<corpus.count, unit: "line of captions"))
      } else {
        let read = try data.read([file], skippingBroken: skippingBroken)
        let (first, own) = read.firstOfEachSource()
        numbers += own.map { $0 + Int32(start) }
        pairs.append(read)
        corpus.append(first)
        parts.append(ExampleList.Part(arrays: nil, examples: start..<corpus.count))
      }
    }
    examples = ExampleList(corpus, parts: parts)
  }

  /// The arrays of a file, and the captions of each example in them; `nil` if it is a table.
  private static func captions(
    beside file: CorpusFile
  ) throws -> (arrays: ArrayFile, captions: [[String]])? {
    switch file {
    case .arrays(let path):
      let arrays = try ArrayFile(path: path)
      guard !arrays.isSingle, let texts = try arrays.texts(named: "captions") else {
        throw ArrayError(
          file: path, array: nil, expected: "arrays of examples and of 'captions'",
          found: "no text under this name",
          remedy:
            "Name two files, {\"source\": \"\(path)\", \"target\": \"captions.txt\"}, with a line for each example."
        )
      }
      return (arrays, try parted(texts, path, array: "captions"))
    case .aligned(let source, let target) where CorpusFile(path: source).format == .arrays:
      let arrays = try ArrayFile(path: source)
      guard CorpusFile(path: target).format == .arrays else {
        return (arrays, try parted(try TextLines(path: target).map(\.self), target, array: nil))
      }
      guard let texts = try ArrayFile(path: target).texts(named: "captions") else {
        throw ArrayError(
          file: target, array: nil, expected: "an array of texts, a caption for each example",
          found: "none", remedy: "Write the captions to a text, a line for each example.")
      }
      return (arrays, try parted(texts, target, array: nil))
    case .aligned, .tsv, .csv, .jsonLines, .tmx, .po, .xliff: return nil
    }
  }

  /// The captions of each line, which tabs hold apart.
  private static func parted(
    _ lines: [String], _ path: String, array: String?
  ) throws(ArrayError) -> [[String]] {
    var result: [[String]] = []
    for (index, line) in lines.enumerated() {
      let captions = line.split(separator: "\t").map { ClassLabels.name(String($0)) }.filter {
        !$0.isEmpty
      }
      guard !captions.isEmpty else {
        throw ArrayError(
          file: path, array: array, expected: "a caption for each example",
          found: "nothing \(array == nil ? "on line \(index + 1)" : "at index \(index)")",
          remedy: "Write one, or take the example out.")
      }
      result.append(captions)
    }
    return result
  }
}

extension ParallelCorpus {
  /// All captions of examples in arrays, whose names are these.
  fileprivate init(_ captions: [[String]], sources: TextLines, of file: CorpusFile) {
    self.init(
      labels: captions.flatMap(\.self), of: file,
      sources: captions.indices.flatMap { index in captions[index].map { _ in sources[index] } })
  }
}
