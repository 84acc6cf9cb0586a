import DragomanFuzzEntry

@testable import DragomanFormats
@testable import DragomanImages

/// PNG files whose checksums are right, so that what stands behind them is reached.
enum PNGInput {
  /// A file with its checksums put right; or, of anything else, one made of its parts.
  static func read(_ bytes: [UInt8]) {
    let file = bytes.starts(with: PNGReader.signature) ? repaired(bytes) : made(bytes)
    Promise.attempt { FileInputs.look(at: try Image(bytes: file, file: "input")) }
  }

  /// The chunks of a file with checksums that are right.
  private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    var file = Array(bytes.prefix(8))
    var at = 8
    while at + 8 <= bytes.count {
      let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - at - 8 else { break }
      file += chunk(Array(bytes[(at + 4)..<(at + 8)]), Array(bytes[(at + 8)..<(at + 8 + length)]))
      at = min(at + 12 + length, bytes.count)
    }
    return file + bytes[at...]
  }

  /// Width, height, depth, colour, interlace; bytes of the palette and of the transparency; the filtered rows.
  private static func made(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > 7 else { return bytes }
    let (palette, transparency) = (Int(bytes[5]), Int(bytes[6]))
    var rest = bytes[7...]
    func take(_ count: Int) -> [UInt8] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    let header = [
      0, 0, 0, bytes[0] % 40, 0, 0, 0, bytes[1] % 40, bytes[2], bytes[3], 0, 0, bytes[4],
    ]
    var file = PNGReader.signature + chunk(Array("IHDR".utf8), header)
    if palette > 0 { file += chunk(Array("PLTE".utf8), take(palette)) }
    if transparency > 0 { file += chunk(Array("tRNS".utf8), take(transparency)) }
    return file + chunk(Array("IDAT".utf8), Zlib.store(Array(rest))) + chunk(Array("IEND".utf8), [])
  }

  private static func chunk(_ type: [UInt8], _ data: [UInt8]) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] {
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
    let named = type + data
    return number(data.count) + named + number(Int(CRC32(of: named[...]).value))
  }
}
