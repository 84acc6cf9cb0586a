/// Fewer points for the same picture.
package enum Downsampling {
  /// Points a line has at most.
  package static let limit = 1000

  /// At most `limit` points: the first, the last, and the lowest and highest of each of equal groups between them.
  ///
  /// So no peak is lost. Points are as they were if they are no more.
  package static func points(
    _ points: [(x: Double, y: Double)], limit: Int = limit
  ) -> [(x: Double, y: Double)] {
    precondition(limit >= 4, "the limit is \(limit); it must be at least 4")
    guard points.count > limit else { return points }
    let inner = points.count - 2
    let groups = (limit - 2) / 2
    var kept = [points[0]]
    for group in 0..<groups {
      let range = 1 + group * inner / groups..<1 + (group + 1) * inner / groups
      guard let lowest = range.min(by: { points[$0].y < points[$1].y }),
        let highest = range.max(by: { points[$0].y < points[$1].y })
      else { continue }
      for index in lowest == highest ? [lowest] : [lowest, highest].sorted() {
        kept.append(points[index])
      }
    }
    return kept + [points[points.count - 1]]
  }
}
