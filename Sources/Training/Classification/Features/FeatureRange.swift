package import DragomanFormats

/// How many rows the examples of a part have.
package struct FeatureRange: Sendable, Equatable {
  /// d, the numbers of a row.
  package let size: Int
  /// The rows of the shortest example.
  package let least: Int
  /// The rows of the longest example.
  package let most: Int
  /// The rows of all examples.
  package let total: Int
  /// How many examples there are.
  package let examples: Int

  init(_ examples: FeatureExamples) {
    size = examples.size
    (least, most) = (examples.lengths.min() ?? 0, examples.lengths.max() ?? 0)
    total = examples.lengths.reduce(0, +)
    self.examples = examples.count
  }

  /// `rows of 3 numbers, 20 to 40 of them in an example, 30.5 on average`.
  package var words: String {
    let numbers = "rows of \(Words.count(size, "number"))"
    guard least < most else { return "\(numbers), \(NumberText.grouped(least)) in each example" }
    let mean = Double(total) / Double(max(examples, 1))
    return "\(numbers), \(NumberText.grouped(least)) to \(NumberText.grouped(most)) in an example, "
      + "\(NumberText.fixed(mean, decimals: 1)) on average"
  }

  /// The same for programs.
  package var json: JSON {
    ["columns": .int(size), "least": .int(least), "most": .int(most), "total": .int(total)]
  }
}
