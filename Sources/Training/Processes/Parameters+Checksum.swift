import DragomanFormats
import DragomanTensor

extension Parameters {
  /// The checksum of all numbers as they stand in memory.
  var checksum: String {
    var checksum = Checksum()
    // In parts, so that no second slab comes to be.
    let part = 1 << 20
    for start in stride(from: 0, to: slab.columns, by: part) {
      checksum.add(floats: slab.columns(start..<min(start + part, slab.columns)).elements)
    }
    return checksum.text
  }
}
