import DragomanModels

/// Rows of features on their way to numbers.
package struct WalkRows: Sendable {
  /// Their file, as it was given.
  package let name: String
  /// The rows as the file has them, `[S, d]`.
  package let stored: [[Float]]
  /// What is taken from each column, and what it is divided by then.
  package let preparation: FeaturePreparation
  /// What the model reads, `[S, d]`.
  package let numbers: [[Float]]

  /// What each row is called: its number, from 1.
  package var names: [String] { stored.indices.map { "\($0 + 1)" } }
}

extension WalkRows {
  /// The rows of an example, and the numbers that a model reads.
  ///
  /// - Parameters:
  ///   - path: the file; of a file with several examples one of them, as ``NumberedExample`` names it.
  ///   - name: what the example is called.
  ///   - preparation: what is done to the rows.
  /// - Throws: what is wrong with the file; a ``WalkError`` if it has other examples, or too many rows.
  static func read(
    _ path: String, named name: String, _ preparation: FeaturePreparation
  ) throws -> (rows: WalkRows, source: Source) {
    let example = NumberedExample(path)
    let file = try FeatureFile(path: example.path)
    try file.require(size: preparation.size, "the model reads them")
    let index = try example.place(among: file.count)
    guard file.length(at: index) <= Walk.longest else {
      throw WalkError.tooManyRows(file: name, rows: file.length(at: index))
    }
    let stored = try file.rows(at: index)
    let numbers = preparation.numbers(of: stored)
    func rows(_ numbers: [Float]) -> [[Float]] {
      stride(from: 0, to: numbers.count, by: preparation.size).map {
        Array(numbers[$0..<($0 + preparation.size)])
      }
    }
    return (
      WalkRows(
        name: name, stored: rows(stored), preparation: preparation, numbers: rows(numbers)),
      .features(FeatureRows([numbers], size: preparation.size))
    )
  }
}
