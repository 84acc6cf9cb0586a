import DragomanLayers

/// What was recorded of an image's way, as grids of one size.
struct RecordedGrids {
  let recorded: RecordedLayers
  let height: Int
  let width: Int

  /// Grids with so many lines and columns.
  init(_ recorded: RecordedLayers, height: Int, width: Int) {
    (self.recorded, self.height, self.width) = (recorded, height, width)
  }

  /// Rows as a grid.
  func grid(_ rows: [[Float]]) -> WalkGrid { WalkGrid(height: height, width: width, rows: rows) }

  /// A part of the stage or unit of a name.
  func part(_ part: Recorder.Part, _ name: String) -> WalkGrid {
    grid(recorded[{ .part(part, $0) }, "\(name).convolution.weight"])
  }

  /// What a convolution reads.
  func read(_ name: String) -> WalkGrid { grid(recorded.read("\(name).convolution.weight")) }

  /// A convolution with its normalisation and, if it bends, its activation.
  func unit(_ name: String, isBent: Bool) -> WalkUnit {
    let gain = "\(name).norm.gain"
    return WalkUnit(
      name: name, convolved: grid(recorded.gave("\(name).convolution.weight")),
      normalized: recorded.has(gain) ? grid(recorded.gave(gain)) : nil,
      activated: isBent ? part(.activated, name) : nil)
  }
}
