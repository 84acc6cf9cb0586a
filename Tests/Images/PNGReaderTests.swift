import DragomanFormats
import Testing

@testable import DragomanImages

/// Fixtures: `Golden/make_images.py`, whose samples are known by a formula.
@Suite struct `A PNG file` {
  private func sample(_ y: Int, _ x: Int, _ c: Int, _ depth: Int) -> Int {
    (31 * y + 17 * x + 59 * c + 7 * x * y) % (1 << depth)
  }

  /// The samples of a pixel that a file is to give.
  private func expected(_ y: Int, _ x: Int, _ colour: Int, _ depth: Int, transparent: Bool)
    -> [Float]
  {
    if colour == 3 {
      let number = sample(y, x, 0, depth)
      let rgb = [number % 256, 3 * number % 256, 255 - number].map { Float($0) / 255 }
      let isLast = number == 1 << depth - 1
      return rgb + (transparent ? [isLast ? 1 : Float(40 * number % 256) / 255] : [])
    }
    let count = [0: 1, 2: 3, 4: 2, 6: 4][colour] ?? 0
    let values = (0..<count).map { sample(y, x, $0, depth) }
    let shares = values.map { Float($0) / Float(1 << depth - 1) }
    guard transparent else { return shares }
    return shares + [values == (0..<count).map { sample(2, 3, $0, depth) } ? 0 : 1]
  }

  @Test func `of every colour type, depth, filter and interlacing is read to the bit`() throws {
    let files = try goldenPNGs()
    var read = 0
    for (name, bytes) in files {
      let parts = name.split(separator: "-")
      guard let colour = Int(parts[0]), let depth = Int(parts[1]) else { continue }
      let image = try Image(bytes: bytes, file: name)
      let isTransparent = parts.last == "t"
      let pixels = (0..<9).flatMap { y in
        (0..<13).flatMap { x in expected(y, x, colour, depth, transparent: isTransparent) }
      }
      #expect(image.height == 9 && image.width == 13)
      #expect(image.channels == pixels.count / (9 * 13), "\(name)")
      #expect(image.samples == pixels, "\(name)")
      read += 1
    }
    #expect(read == 15 * 2 + (7 + 4) * 2)
  }

  /// Left 1, above 4, corner 2: the guess 1 + 4 − 2 is as near to 4 as to 2, and the one above goes first.
  @Test func `is read by the nearest neighbour, of two the one above`() throws {
    func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
      let named = Array(type.utf8) + data
      func number(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
      }
      return number(UInt32(data.count)) + named + number(CRC32(of: named[...]).value)
    }
    let rows: [UInt8] = [PNGFilter.none.rawValue, 2, 4, PNGFilter.paeth.rawValue, 255, 0]
    let file =
      PNGReader.signature + chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0])
      + chunk("IDAT", Zlib.store(rows)) + chunk("IEND", [])
    let image = try Image(bytes: file, file: "F")
    #expect(image.samples == [2, 4, 1, 4].map { Float($0) / 255 })
  }

  @Test func `with passes that hold nothing is read`() throws {
    for (width, height) in [(1, 1), (2, 1), (1, 2), (5, 3), (4, 5), (8, 8), (3, 40)] {
      let image = try Image(bytes: goldenPNG("size-\(width)-\(height)"), file: "F")
      #expect(image.width == width && image.height == height)
      for y in 0..<height {
        for x in 0..<width {
          for c in 0..<3 { #expect(image[y, x, c] == Float(sample(y, x, c, 8)) / 255) }
        }
      }
    }
  }

  @Test func `whose data come in many chunks is read`() throws {
    #expect(
      try Image(bytes: goldenPNG("parts"), file: "F")
        == Image(bytes: goldenPNG("6-8-rows"), file: "F"))
  }

  @Test(arguments: 1...4) func `that is written is read again`(_ channels: Int) throws {
    for (height, width) in [(1, 1), (3, 5), (200, 170)] {
      let image = Image(
        height: height, width: width, channels: channels,
        bytes: (0..<(height * width * channels)).map { UInt8($0 * 7 % 256) })
      let bytes = PNGWriter.bytes(of: image)
      #expect(try Image(bytes: bytes, file: "F") == image)
    }
  }

  @Test func `that is written holds what lies outside as its edge`() throws {
    let image = Image(
      height: 1, width: 4, channels: 1, samples: [-3, 2, .nan, Float(0.5)])
    #expect(image.bytes == [0, 255, 0, 128])
  }
}
