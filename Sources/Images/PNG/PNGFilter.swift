/// What is undone to every row of a PNG; PNG specification (third edition), section 9.
enum PNGFilter: UInt8 {
  case none = 0
  case left = 1
  case up = 2
  case average = 3
  case paeth = 4

  /// Undoes the filters of a pass, whose rows stand in `bytes` from `start` on, each behind the byte that names its filter.
  ///
  /// Gives the row whose filter is none, or `nil`.
  static func undo(
    _ bytes: inout [UInt8], from start: Int, _ pass: PNGPass, reach: Int
  ) -> (row: Int, found: UInt8)? {
    var span = bytes.mutableSpan
    for row in 0..<pass.height {
      let at = start + row * (pass.rowBytes + 1) + 1
      guard let filter = PNGFilter(rawValue: span[at - 1]) else { return (row, span[at - 1]) }
      filter.undo(
        &span, at, above: row == 0 ? nil : at - pass.rowBytes - 1, count: pass.rowBytes,
        reach: reach)
    }
    return nil
  }

  /// Undoes the filter of one row; what is left of it and above the first one counts as 0.
  private func undo(
    _ bytes: inout MutableSpan<UInt8>, _ at: Int, above: Int?, count: Int, reach: Int
  ) {
    switch self {
    case .none: return
    case .left:
      for i in stride(from: reach, to: count, by: 1) { bytes[at + i] &+= bytes[at + i - reach] }
    case .up:
      guard let above else { return }
      for i in 0..<count { bytes[at + i] &+= bytes[above + i] }
    case .average:
      for i in 0..<count {
        let left = i < reach ? 0 : Int(bytes[at + i - reach])
        let up = above.map { Int(bytes[$0 + i]) } ?? 0
        bytes[at + i] &+= UInt8((left + up) / 2)
      }
    case .paeth:
      for i in 0..<count {
        let left = i < reach ? 0 : Int(bytes[at + i - reach])
        let up = above.map { Int(bytes[$0 + i]) } ?? 0
        let corner = i < reach ? 0 : above.map { Int(bytes[$0 + i - reach]) } ?? 0
        bytes[at + i] &+= UInt8(Self.nearest(left, up, corner))
      }
    }
  }

  /// Of the three neighbours, the one nearest to `left + up − corner`; section 9.4.
  private static func nearest(_ left: Int, _ up: Int, _ corner: Int) -> Int {
    let (byLeft, byUp) = (abs(up - corner), abs(left - corner))
    let byCorner = abs(left + up - 2 * corner)
    if byLeft <= byUp, byLeft <= byCorner { return left }
    return byUp <= byCorner ? up : corner
  }
}
