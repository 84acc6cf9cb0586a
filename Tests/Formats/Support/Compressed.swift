import DragomanSystem

@testable import DragomanFormats

/// The bytes of a file that `Golden/Compression/make_compression.py` made.
func compressed(_ name: String) throws -> [UInt8] {
  try Files.read(goldenPath("Compression/\(name)"))
}

/// Bits in the order of DEFLATE, written by hand.
struct Bits {
  private(set) var bytes: [UInt8] = []
  private var count = 0

  /// Adds a number, its lowest bit first.
  mutating func add(_ value: Int, _ width: Int) {
    for bit in 0..<width {
      if count % 8 == 0 { bytes.append(0) }
      bytes[count / 8] |= UInt8(value >> bit & 1) << UInt8(count % 8)
      count += 1
    }
  }

  /// Adds a code, its highest bit first.
  mutating func add(code: Int, _ width: Int) {
    for bit in (0..<width).reversed() { add(code >> bit & 1, 1) }
  }

  /// The bits of these numbers and widths.
  init(_ parts: (Int, Int)...) { for (value, width) in parts { add(value, width) } }
}

extension InflateError {
  /// The error in a line, as `F` would have it.
  var line: String { "\(inFile("F"))" }
}
