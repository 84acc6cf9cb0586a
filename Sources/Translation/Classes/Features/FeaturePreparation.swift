/// What is done to rows of features before a model reads them, in training as later.
package struct FeaturePreparation: Sendable, Equatable {
  /// What is taken from each column.
  package let mean: [Float]
  /// What each column is divided by then, above 0.
  package let deviation: [Float]

  /// A preparation; there are as many deviations as means.
  package init(mean: [Float], deviation: [Float]) {
    precondition(
      !mean.isEmpty && mean.count == deviation.count && deviation.allSatisfy { $0 > 0 },
      "\(mean.count) means and \(deviation.count) deviations")
    (self.mean, self.deviation) = (mean, deviation)
  }

  /// d, the numbers of a row.
  package var size: Int { mean.count }

  /// What a model reads of rows, `[T, d]`: (f − mean) / deviation, column by column.
  package func numbers(of rows: [Float]) -> [Float] {
    precondition(rows.count.isMultiple(of: size), "\(rows.count) numbers in rows of \(size)")
    var result = rows
    var index = 0
    while index < result.count {
      for column in 0..<size {
        result[index + column] = (result[index + column] - mean[column]) / deviation[column]
      }
      index += size
    }
    return result
  }
}
