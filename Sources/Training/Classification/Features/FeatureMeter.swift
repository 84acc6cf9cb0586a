import DragomanTranslation

/// What adds up the rows of training examples to the mean and the deviation of each column, in the order in which they
/// come.
struct FeatureMeter: Sendable {
  /// The first row: sums are those of differences from it, which lose nothing where a mean is far from 0.
  private var first: [Double] = []
  private var sums: [Double]
  private var squares: [Double]
  private var rows = 0

  /// Nothing yet, of rows of so many numbers.
  init(size: Int) {
    sums = [Double](repeating: 0, count: size)
    squares = sums
  }

  /// Adds rows, `[T, d]`.
  mutating func add(_ numbers: [Float]) {
    let size = sums.count
    precondition(numbers.count.isMultiple(of: size), "\(numbers.count) numbers in rows of \(size)")
    if first.isEmpty { first = numbers.prefix(size).map { Double($0) } }
    for start in stride(from: 0, to: numbers.count, by: size) {
      for column in 0..<size {
        let difference = Double(numbers[start + column]) - first[column]
        sums[column] += difference
        squares[column] += difference * difference
      }
      rows += 1
    }
  }

  /// What a configuration states of means and deviations, and what these rows have of the rest; a column that never
  /// changes has the deviation 1.
  func preparation(
    _ configuration: FeatureDataConfiguration
  ) throws(ClassificationError) -> FeaturePreparation {
    precondition(rows > 0, "the mean of no rows")
    let count = Double(rows)
    let means = zip(first, sums).map { Float($0 + $1 / count) }
    let deviations = zip(squares, sums).map { square, sum -> Float in
      let variance = square / count - (sum / count) * (sum / count)
      let deviation = Float(max(variance, 0).squareRoot())
      return deviation > 0 && deviation.isFinite ? deviation : 1
    }
    return FeaturePreparation(
      mean: try stated(configuration.mean, "mean") ?? means,
      deviation: try stated(configuration.deviation, "deviation") ?? deviations)
  }

  /// The numbers of a key, one for each column; `nil` if it has none.
  private func stated(
    _ values: [Double], _ key: String
  ) throws(ClassificationError) -> [Float]? {
    let size = sums.count
    guard !values.isEmpty else { return nil }
    if values.count == 1 { return [Float](repeating: Float(values[0]), count: size) }
    guard values.count == size else {
      throw .otherColumns(key: key, found: values.count, columns: size)
    }
    return values.map { Float($0) }
  }
}
