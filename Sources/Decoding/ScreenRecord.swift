/// How often a screen could tell the most probable token: one that often cannot costs more than it saves.
struct ScreenRecord: Sendable {
  /// Rows that a screen was asked about.
  private var rows = 0
  /// Those of which it could not tell.
  private var undecided = 0

  /// Counts the rows of a step.
  mutating func add(undecided: Int, of rows: Int) {
    self.rows += rows
    self.undecided += undecided
  }

  /// Whether the screen saves time: where it does not decide it adds about a third to the full product.
  var isWorthwhile: Bool { undecided <= 8 || 4 * undecided <= rows }
}
