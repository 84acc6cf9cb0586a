package import DragomanFormats

/// Features of a run: the object `data.features` of a configuration.
package struct FeatureDataConfiguration: Sendable, Equatable {
  /// Where the files are that examples of a table name.
  package var folder = "."
  /// The mean of each column, or one for all; none: those of the training examples.
  package var mean: [Double] = []
  /// The deviation of each column, or one for all; likewise.
  package var deviation: [Double] = []
  /// Training examples of more rows are left out; `nil`: none is.
  package var maximumRows: Int?

  /// Features as they come.
  package init() {}

  /// A file of the folder, by the name that an example has; one that begins with a slash stands for itself.
  package func path(of name: String) -> String {
    name.hasPrefix("/") || folder == "." ? name : "\(folder)/\(name)"
  }

  /// Mean and deviation in the places of what nobody stated.
  package func settled(_ preparation: FeaturePreparation) -> FeatureDataConfiguration {
    var result = self
    result.mean = Self.settled(mean, preparation.mean)
    result.deviation = Self.settled(deviation, preparation.deviation)
    return result
  }

  /// A number for each column: those stated, or those found.
  private static func settled(_ stated: [Double], _ found: [Float]) -> [Double] {
    switch stated.count {
    case 0: found.map { Double($0) }
    case 1: [Double](repeating: stated[0], count: found.count)
    default: stated
    }
  }

  /// What a model's file needs; `nil` unless there is a mean and a deviation for each column.
  package var preparation: FeaturePreparation? {
    guard !mean.isEmpty, mean.count == deviation.count else { return nil }
    return FeaturePreparation(
      mean: mean.map { Float($0) }, deviation: deviation.map { Float($0) })
  }
}

extension FeatureDataConfiguration: Configuration {
  /// What the `data.features` object is for.
  package static let about = """
    Rows of numbers that others computed, a list of them for each example: in arrays of a file, or each in a file of \
    its own, which the first column of a table names.
    """
  /// The keys of the `data.features` object.
  package static let fields: [ConfigurationField<FeatureDataConfiguration>] = [
    .init(
      \.folder, "folder", .text("the name of a folder"),
      help: "Where the files are that the examples of a table name."),
    .init(
      \.mean, "mean", .list(of: .number(in: -3.5e38..<3.5e38), from: 0),
      defaultWords: "those of the training examples",
      help: "What is taken from each column; one number stands for all."),
    .init(
      \.deviation, "deviation", .list(of: .number(above: 0), from: 1),
      defaultWords: "those of the training examples",
      help: "What each column is divided by then; one number stands for all."),
    .init(
      \.maximumRows, "maximumRows", .optional(.integer(atLeast: 1), null: "no limit", from: 1),
      help: "Training examples of more rows are skipped and counted."),
  ]

  /// Lists for other columns than each other.
  package var conflicts: [ConfigurationConflict] {
    guard mean.count > 1, deviation.count > 1, mean.count != deviation.count else { return [] }
    return [
      ConfigurationConflict(
        ["mean", "deviation"], because: "there is one number for each column",
        remedies: [
          "give \(Words.count(mean.count, "number")) in both", "leave data.features.deviation out",
        ])
    ]
  }
}
