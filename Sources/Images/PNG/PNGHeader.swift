import DragomanFormats

/// What the first chunk of a PNG says, IHDR; PNG specification (third edition), section 11.2.1.
struct PNGHeader {
  /// What the samples of a pixel are.
  enum Colour: Int {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgba = 6

    /// Samples of a pixel in the file.
    var samples: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }

    /// The depths that there are.
    var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .greyAlpha, .rgba: [8, 16]
      }
    }
  }

  let width: Int
  let height: Int
  /// Bits of a sample.
  let depth: Int
  let colour: Colour
  let isInterlaced: Bool

  /// Channels that the image may have, if something is transparent.
  private var mostChannels: Int { colour == .grey || colour == .greyAlpha ? 2 : 4 }
  /// Bits of a pixel, at most 64.
  var pixelBits: Int { depth * colour.samples }
  /// Bytes between a byte and the one before it that filters look at, at least 1.
  var filterReach: Int { max(pixelBits / 8, 1) }

  /// Reads the header from its 13 bytes, which begin at `offset`.
  init(_ bytes: ArraySlice<UInt8>, file: String, offset: Int) throws {
    let bytes = Array(bytes)
    func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    func fail(_ at: Int, _ expected: String, _ found: Int) -> FormatError {
      .bytes(
        file: file, offset: offset + at, expected: expected, found: "\(found)",
        remedy: InflateError.damaged)
    }
    (width, height) = (number(0), number(4))
    guard let colour = Colour(rawValue: Int(bytes[9])) else {
      throw fail(9, "a colour type of 0, 2, 3, 4 or 6", Int(bytes[9]))
    }
    self.colour = colour
    depth = Int(bytes[8])
    guard colour.depths.contains(depth) else {
      throw fail(
        8, "\(colour.depths.map(String.init).joined(separator: ", ")) bits a sample", depth)
    }
    guard bytes[10] == 0 else { throw fail(10, "the compression method 0", Int(bytes[10])) }
    guard bytes[11] == 0 else { throw fail(11, "the filter method 0", Int(bytes[11])) }
    guard bytes[12] <= 1 else { throw fail(12, "the interlace method 0 or 1", Int(bytes[12])) }
    isInterlaced = bytes[12] == 1
    guard Image.isPlausible(height: height, width: width, channels: mostChannels) else {
      throw Image.implausible(
        file: file, offset: offset, height: height, width: width, channels: mostChannels)
    }
  }
}
