import DragomanFormats
import DragomanImages
import DragomanText
import DragomanTranslation

/// The features of one part of the data: where the rows of each example are, which are read as they are needed.
struct FeatureExamples: Sendable {
  /// d, the numbers of a row.
  let size: Int
  /// The rows of each example.
  let lengths: [Int]
  private let parts: [Part]

  /// The features of one file of the data.
  private enum Part: Sendable {
    /// A file of arrays with the examples from this one on.
    case arrays(FeatureFile, from: Int)
    /// A file for each example from this one on.
    case files([String], from: Int)

    var start: Int {
      switch self {
      case .arrays(_, let start), .files(_, let start): start
      }
    }
  }

  /// Looks at all files, and compares their sizes.
  ///
  /// - Parameters:
  ///   - list: names and classes.
  ///   - configuration: says where files are.
  ///   - size: the numbers of a row and what has decided that, if that is known.
  init(
    _ list: ExampleList, _ configuration: FeatureDataConfiguration,
    size known: (size: Int, reason: String)? = nil
  ) throws {
    var (known, lengths, parts) = (known, [Int](), [Part]())
    func check(_ file: FeatureFile) throws {
      if let known { try file.require(size: known.size, known.reason) }
      known = known ?? (file.size, "\(file.path) has them")
    }
    for part in list.parts where !part.examples.isEmpty {
      if let arrays = part.arrays {
        let file = try FeatureFile(arrays)
        try ExampleList.require(file.count, part, file.path, array: "features")
        try check(file)
        lengths += (0..<file.count).map(file.length)
        parts.append(.arrays(file, from: part.examples.lowerBound))
        continue
      }
      var paths: [String] = []
      for index in part.examples {
        let path = configuration.path(of: ClassLabels.name(list.corpus[index].source))
        do {
          let file = try Self.one(path)
          try check(file)
          lengths.append(file.length(at: 0))
        } catch {
          throw ClassificationError.features(
            place: list.corpus.place(of: index), reason: "\(error)")
        }
        paths.append(path)
      }
      parts.append(.files(paths, from: part.examples.lowerBound))
    }
    (self.size, self.lengths, self.parts) = (known?.size ?? 1, lengths, parts)
  }

  /// A file that an example names.
  private static func one(_ path: String) throws -> FeatureFile {
    let file = try FeatureFile(path: path)
    guard file.count == 1 else {
      throw ArrayError(
        file: path, array: nil, expected: "the rows of one example, [rows, columns]",
        found: Words.count(file.count, "example"),
        remedy:
          "Name the file itself in data.train, with its labels, or save each example by itself.")
    }
    return file
  }

  /// The number of examples.
  var count: Int { lengths.count }

  /// The rows of an example, `[T, d]`, as they are stored.
  func rows(at index: Int) throws -> [Float] {
    let part = parts[parts.partitioningIndex { $0.start > index } - 1]
    switch part {
    case .arrays(let file, let start): return try file.rows(at: index - start)
    case .files(let paths, let start):
      let file = try Self.one(paths[index - start])
      guard file.size == size, file.length(at: 0) == lengths[index] else {
        throw TrainingError.changedFeatures(path: file.path)
      }
      return try file.rows(at: 0)
    }
  }
}

extension Array {
  /// The first index whose element `belongs` holds of, given that it holds of all after it.
  fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
