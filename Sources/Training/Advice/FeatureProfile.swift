package import DragomanTranslation

/// What the features of examples are like, as far as it matters for choosing a model for them.
package struct FeatureProfile: Sendable, Equatable {
  /// d, the numbers of a row.
  let size: Int
  /// Rows of all examples.
  let rows: Int
  /// Rows of the longest example.
  let longest: Int

  /// Looks at the shapes of a list's features, not at their numbers.
  ///
  /// - Throws: what is wrong with an array or a file.
  package init(_ list: ExampleList, _ configuration: FeatureDataConfiguration) throws {
    let features = try FeatureExamples(list, configuration)
    size = features.size
    rows = features.lengths.reduce(0, +)
    longest = features.lengths.max() ?? 0
  }
}
