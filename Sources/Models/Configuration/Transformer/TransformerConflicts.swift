import DragomanFormats

/// A width that heads do not divide, or without pairs for sine and cosine.
func transformerConflicts(_ side: String, width: Int, heads: Int) -> [ConfigurationConflict] {
  var conflicts: [ConfigurationConflict] = []
  if !width.isMultiple(of: heads) {
    let lower = width / heads * heads
    conflicts.append(
      ConfigurationConflict(
        ["width", "heads"], because: "each head sees as many numbers, width / heads",
        remedies: (lower > 0 ? ["set model.\(side).width to \(lower)"] : [])
          + ["set model.\(side).width to \(lower + heads)"]))
  }
  if !width.isMultiple(of: 2) {
    conflicts.append(
      ConfigurationConflict(
        ["width"], because: "a position is told by pairs of a sine and a cosine",
        remedies: ["set model.\(side).width to an even number"]))
  }
  return conflicts
}
