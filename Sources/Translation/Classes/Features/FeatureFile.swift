import DragomanFormats
package import DragomanImages

/// The examples of a file of features: lists of rows, which are read as they are needed.
///
/// Its array `features` (or the only one that it has) is
///
///     [T, d]                        one example
///     [N, T, d]                     N examples of T rows; with an array `lengths`, [N], of as many rows as that says
///     [ΣT, d] with `lengths`, [N]   N examples one after the other; or with `offsets`, [N + 1], where each begins
package struct FeatureFile: Sendable {
  /// The file.
  package let path: String
  /// d, the numbers of a row.
  package let size: Int
  private let array: StoredArray
  /// The first row of each example, counted over the whole array, and how many it has.
  private let spans: [Range<Int>]
  /// Whether the array has an axis for examples, or a second array tells them apart.
  private let isList: Bool

  /// What the array is called.
  static let name = "features"

  /// Opens a file of features.
  package init(path: String) throws { try self.init(ArrayFile(path: path)) }

  /// The features of a file that is open already.
  ///
  /// - Throws: an `ArrayError` where shapes do not fit each other.
  package init(_ file: ArrayFile) throws {
    path = file.path
    array = try Self.array(file)
    guard array.shape.count == 2 || array.shape.count == 3, array.shape.last ?? 0 >= 1 else {
      throw array.error(
        "the shape [rows, columns] or [examples, rows, columns]", array.shapeWords,
        "Of one number at each step the array is 'array[:, :, None]'; of one row for each example, 'array[:, None, :]'."
      )
    }
    size = array.shape[array.shape.count - 1]
    let lengths = file.isSingle ? nil : try file.array(named: "lengths")
    let offsets = file.isSingle ? nil : try file.array(named: "offsets")
    if let lengths, offsets != nil {
      throw lengths.error("either 'lengths' or 'offsets'", "both", "Leave one of them out.")
    }
    spans =
      array.shape.count == 3
      ? try Self.spans(padded: array, lengths, offsets)
      : try Self.spans(joined: array, lengths, offsets)
    isList = array.shape.count == 3 || lengths != nil || offsets != nil
    guard !spans.isEmpty else {
      throw array.error("at least one example", array.shapeWords, "Leave the file out.")
    }
  }

  private static func array(_ file: ArrayFile) throws -> StoredArray {
    let name =
      file.names.count == 1 && !file.names.contains(name) ? file.names[0] : name
    return try file.required(
      name, "Save the rows under this name, for example with 'numpy.savez(file, features=rows)'.")
  }

  /// Examples with an axis of their own.
  private static func spans(
    padded array: StoredArray, _ lengths: StoredArray?, _ offsets: StoredArray?
  ) throws -> [Range<Int>] {
    let (count, longest) = (array.shape[0], array.shape[1])
    if let offsets {
      throw offsets.error(
        "no offsets beside 'features' of three axes", offsets.shapeWords,
        "Give 'lengths', or rows of all examples one after the other, [rows, columns].")
    }
    guard longest >= 1 else {
      throw array.error("at least one row in each example", array.shapeWords, "Leave such out.")
    }
    let counts =
      try lengths.map { lengths in
        try numbers(of: lengths, count: count, within: 1...longest, "one for each example")
      } ?? [Int](repeating: longest, count: count)
    return counts.enumerated().map { ($0 * longest)..<($0 * longest + $1) }
  }

  /// Examples one after the other.
  private static func spans(
    joined array: StoredArray, _ lengths: StoredArray?, _ offsets: StoredArray?
  ) throws -> [Range<Int>] {
    let rows = array.shape[0]
    guard rows >= 1 else {
      throw array.error("at least one row", array.shapeWords, "Leave the file out.")
    }
    if let lengths {
      let counts = try numbers(
        of: lengths, count: lengths.shape.first ?? 0, within: 1...rows, "one for each example")
      var spans: [Range<Int>] = []
      var start = 0
      for count in counts {
        spans.append(start..<(start + count))
        start += count
      }
      guard start == rows else {
        throw lengths.error(
          "a sum of \(rows), the rows of 'features'", "\(start)",
          "Give the number of rows of each example, in their order.")
      }
      return spans
    }
    if let offsets {
      let starts = try numbers(
        of: offsets, count: offsets.shape.first ?? 0, within: 0...rows,
        "where each example begins, and at last the number of rows")
      guard starts.first == 0, starts.last == rows else {
        throw offsets.error(
          "numbers from 0 to \(rows), the rows of 'features'",
          "\(starts.first.map { "\($0)" } ?? "none") to \(starts.last.map { "\($0)" } ?? "none")",
          "Give where each example begins, and at last the number of rows.")
      }
      return try zip(starts, starts.dropFirst()).enumerated().map { index, pair in
        guard pair.0 < pair.1 else {
          throw offsets.error(
            "numbers each greater than the one before",
            "\(pair.1) after \(pair.0) at index \(index + 1)",
            "An example has at least one row.")
        }
        return pair.0..<pair.1
      }
    }
    return [0..<rows]
  }

  /// The numbers of a list beside the features.
  private static func numbers(
    of array: StoredArray, count: Int, within range: ClosedRange<Int>, _ words: String
  ) throws -> [Int] {
    guard array.shape == [count] else {
      throw array.error(
        "a list of \(Words.count(count, "number")), \(words)", array.shapeWords,
        "Save it with one axis.")
    }
    let numbers = try array.integers()
    for (index, number) in numbers.enumerated() where !range.contains(number) {
      throw array.error(
        "numbers from \(range.lowerBound) to \(range.upperBound)", "\(number) at index \(index)",
        "They count the rows of 'features': \(words).")
    }
    return numbers
  }

  /// How many examples there are.
  package var count: Int { spans.count }
  /// The rows of an example.
  package func length(at index: Int) -> Int { spans[index].count }
  /// An example as messages and results name it: the file, with its number where there can be others.
  package func name(at index: Int) -> String { isList ? "\(path)[\(index)]" : path }

  /// The rows of an example, `[T, d]`.
  ///
  /// - Throws: an `ArrayError` if a number is not finite; what goes wrong when the file is read.
  package func rows(at index: Int) throws -> [Float] {
    let span = spans[index]
    let rows = try array.floats((span.lowerBound * size)..<(span.upperBound * size))
    if let place = rows.firstIndex(where: { !$0.isFinite }) {
      throw array.error(
        "finite numbers",
        "\(rows[place]) in row \(place / size), column \(place % size) of example \(index)",
        "Clean it with 'numpy.nan_to_num'.")
    }
    return rows
  }

  /// Refuses rows of another size than a model reads.
  package func require(size expected: Int, _ reason: String) throws {
    guard size != expected else { return }
    throw array.error(
      "rows of \(Words.count(expected, "number")), as \(reason)", array.shapeWords,
      "Compute the features in the same way.")
  }
}
