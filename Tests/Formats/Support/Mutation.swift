import DragomanTestSupport

extension SplitMix {
  /// A number below `count`.
  mutating func below(_ count: Int) -> Int { Int(next() >> 33) % count }

  /// One to three bytes changed, added, taken away or moved.
  mutating func mutate(_ bytes: inout [UInt8], with spice: [UInt8]) {
    for _ in 0...below(3) {
      guard !bytes.isEmpty else { return }
      let at = below(bytes.count)
      switch below(6) {
      case 0, 1: bytes[at] = spice[below(spice.count)]
      case 2: bytes.insert(spice[below(spice.count)], at: at)
      case 3: bytes.remove(at: at)
      case 4: bytes[at] ^= 1 << UInt8(below(8))
      default:
        let from = below(bytes.count)
        let piece = Array(bytes[min(at, from)..<min(max(at, from), min(at, from) + 24)])
        bytes.insert(contentsOf: piece, at: below(bytes.count))
      }
    }
  }
}
