/// What is undone to every row of a PNG; PNG specification (third edition), section 9.
enum PNGFilter: UInt8 {
  case none = 0
  case left = 1
  case up = 2
  case average = 3
  case paeth = 4

  /// Undoes the filters of a pass, whose rows stand in `bytes` from `start` on, each after the byte that names its
  /// filter.
  ///
  /// The last bytes are zeros, at least as many as a row has: the row above the first one. Gives the row whose filter
  /// is none, or `nil`.
  static func undo(
    _ bytes: inout [UInt8], from start: Int, _ pass: PNGPass, reach: Int
  ) -> (row: Int, found: UInt8)? {
    var span = bytes.mutableSpan
    for row in 0..<pass.height {
      let at = start + row * (pass.rowBytes + 1) + 1
      guard let filter = PNGFilter(rawValue: span[at - 1]) else { return (row, span[at - 1]) }
      let above = row == 0 ? span.count - pass.rowBytes : at - pass.rowBytes - 1
      filter.undo(&span, at, above: above, count: pass.rowBytes, reach: min(reach, pass.rowBytes))
    }
    return nil
  }

  /// Undoes the filter of one row; what is left of it counts as 0.
  private func undo(
    _ bytes: inout MutableSpan<UInt8>, _ at: Int, above: Int, count: Int, reach: Int
  ) {
    switch self {
    case .none: return
    case .left:
      for i in reach..<count { bytes[at + i] &+= bytes[at + i - reach] }
    case .up:
      for i in 0..<count { bytes[at + i] &+= bytes[above + i] }
    case .average:
      for i in 0..<reach { bytes[at + i] &+= bytes[above + i] / 2 }
      for i in reach..<count {
        let sum = Int(bytes[at + i - reach]) + Int(bytes[above + i])
        bytes[at + i] &+= UInt8(sum / 2)
      }
    case .paeth:
      // Without a left neighbour, the nearest one is always that above.
      for i in 0..<reach { bytes[at + i] &+= bytes[above + i] }
      for i in reach..<count {
        bytes[at + i] &+= Self.nearest(
          bytes[at + i - reach], bytes[above + i], bytes[above + i - reach])
      }
    }
  }

  /// Of the three neighbours, the one nearest to `left + up − corner`; section 9.4.
  private static func nearest(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
    let (x, y, z) = (Int(left), Int(up), Int(corner))
    let (byLeft, byUp, byCorner) = (abs(y - z), abs(x - z), abs(x + y - 2 * z))
    if byLeft <= byUp, byLeft <= byCorner { return left }
    return byUp <= byCorner ? up : corner
  }
}
