/// A curve in one line of text: eight heights of blocks, `█▅▃▂▁▁`.
package enum Sparkline {
  /// Heights from the least value to the greatest.
  static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The values in at most `width` blocks; each stands for the mean of an equal share of them.
  ///
  /// Values that are not finite numbers are left out; if all are equal, the curve lies at the bottom.
  package static func text(_ values: [Double], width: Int) -> String {
    let values = values.filter(\.isFinite)
    guard width > 0, !values.isEmpty else { return "" }
    let count = min(width, values.count)
    let means = (0..<count).map { index in
      let share = values[(index * values.count / count)..<((index + 1) * values.count / count)]
      return share.reduce(0, +) / Double(share.count)
    }
    let least = means.min() ?? 0
    let range = (means.max() ?? 0) - least
    return String(
      means.map { mean in
        guard range > 0 else { return blocks[0] }
        return blocks[min(Int((mean - least) / range * 8), 7)]
      })
  }
}
