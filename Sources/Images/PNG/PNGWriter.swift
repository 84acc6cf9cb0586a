import DragomanFormats

/// Makes PNG files, for pages and for looking at what a model gets.
package enum PNGWriter {
  /// The bytes of a PNG with 8 bits a sample.
  ///
  /// Rows are stored as they are, in blocks without compression (RFC 1951, section 3.2.4).
  package static func bytes(of image: Image) -> [UInt8] {
    let rowBytes = image.width * image.channels
    let samples = image.bytes
    var rows: [UInt8] = []
    rows.reserveCapacity(image.height * (rowBytes + 1))
    for row in 0..<image.height {
      rows.append(PNGFilter.none.rawValue)
      rows += samples[(row * rowBytes)..<((row + 1) * rowBytes)]
    }
    let colours: [PNGHeader.Colour] = [.grey, .greyAlpha, .rgb, .rgba]
    let header =
      number(image.width) + number(image.height)
      + [8, UInt8(colours[image.channels - 1].rawValue), 0, 0, 0]
    return PNGReader.signature + chunk("IHDR", header) + chunk("IDAT", Zlib.store(rows))
      + chunk("IEND", [])
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let named = Array(type.utf8) + data
    return number(data.count) + named + number(Int(CRC32(of: named[...]).value))
  }
}
