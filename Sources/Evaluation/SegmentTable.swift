/// What a metric counted in every segment, in one piece of memory, so that sums over drawn segments are cheap.
struct SegmentTable {
  private let width: Int
  private let values: [Double]

  /// The numbers of segments, as `Metric.statistics(of:references:)` gives them.
  init(_ rows: [[Double]]) {
    width = rows.first?.count ?? 0
    values = rows.flatMap(\.self)
  }

  /// The sums over some segments.
  func sums(of rows: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for row in rows {
      let start = row * width
      for column in 0..<width { sums[column] += values[start + column] }
    }
    return sums
  }
}

/// Which segments a bootstrap draws: as many as there are, with replacement.
func drawnSegments(of count: Int, using random: inout some RandomNumberGenerator) -> [Int] {
  (0..<count).map { _ in Int(random.next().multipliedFullWidth(by: UInt64(count)).high) }
}
