import DragomanFormats
import DragomanText

extension Checksum {
  /// The checksum of all token numbers.
  init(of corpora: [EncodedLines]) {
    self.init()
    for lines in corpora { add(lines) }
  }

  /// Adds all token numbers, the lowest byte of four first.
  mutating func add(_ lines: EncodedLines) {
    // In pieces, so that no second copy of the corpus comes to be.
    let piece = 1 << 16
    for start in stride(from: 0, to: lines.tokenCount, by: piece) {
      var ids: [Int32] = []
      lines.appendIDs(start..<min(start + piece, lines.tokenCount), to: &ids)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(4 * ids.count)
      for id in ids {
        for shift in [0, 8, 16, 24] as [Int32] {
          bytes.append(UInt8(truncatingIfNeeded: id >> shift))
        }
      }
      add(bytes)
    }
  }
}
