import DragomanFormats

/// A portable map: PBM, PGM and PPM as text or bytes (P1 to P6), and PAM (P7).
///
/// http://netpbm.sourceforge.net/doc/pnm.html and its pages on each format. One image a file; a sample is a share of
/// the largest value that the header states, and black is 0, also in PBM, where files say 1 for it.
struct NetpbmReader {
  private let bytes: [UInt8]
  private let file: String
  private let header: NetpbmHeader
  private var position: Int

  /// Whether a file begins as one does: P, a digit and white space.
  static func isNetpbm(_ bytes: [UInt8]) -> Bool {
    bytes.count > 2 && bytes[0] == UInt8(ascii: "P") && (0x31...0x37).contains(bytes[1])
      && (bytes[2] <= 0x20 || bytes[2] == UInt8(ascii: "#"))
  }

  /// Reads the header of a file.
  init(_ bytes: [UInt8], file: String) throws {
    (self.bytes, self.file) = (bytes, file)
    var scanner = NetpbmScanner(bytes, file: file)
    header = try NetpbmHeader(&scanner)
    position = scanner.position
  }

  /// Reads the samples.
  func image() throws -> Image {
    let samples =
      switch header.coding {
      case .text: try textSamples()
      case .bits: try bitSamples()
      case .bytes: try byteSamples()
      }
    return Image(
      height: header.height, width: header.width, channels: header.channels, samples: samples)
  }

  private var count: Int { header.height * header.width * header.channels }

  /// Checks that so many bytes are left, and nothing but white space after them.
  private func require(_ wanted: Int, exactly: Bool) throws {
    let left = bytes.count - position
    guard left >= wanted else {
      throw error(
        bytes.count, "\(Words.count(wanted, "byte")) of samples",
        "\(NumberText.grouped(left))")
    }
    guard !exactly || bytes[(position + wanted)...].allSatisfy(NetpbmScanner.isSpace) else {
      throw error(
        position + wanted, "the end of the image",
        "\(NumberText.grouped(left - wanted)) more bytes",
        "A file may hold one image; 'pamsplit' makes files of several.")
    }
  }

  private func textSamples() throws -> [Float] {
    // A bit takes one byte at least, a number two but for the last.
    try require(header.isBitmap ? count : 2 * count - 1, exactly: false)
    var scanner = NetpbmScanner(bytes, file: file, from: position)
    var samples: [Float] = []
    samples.reserveCapacity(count)
    while samples.count < count {
      let value = try scanner.number(
        "a sample", atMost: header.largest, isBit: header.isBitmap)
      samples.append(header.share(header.isBitmap ? 1 - value : value))
    }
    guard try scanner.isAtEnd() else {
      throw error(
        scanner.position, "the end of the image", "more",
        "A file may hold one image; 'pamsplit' makes files of several.")
    }
    return samples
  }

  /// Bits from the highest of a byte on; a row begins with a byte of its own, and 1 is black.
  private func bitSamples() throws -> [Float] {
    let rowBytes = (header.width + 7) / 8
    try require(rowBytes * header.height, exactly: true)
    var samples: [Float] = []
    samples.reserveCapacity(count)
    for row in 0..<header.height {
      let first = position + row * rowBytes
      for column in 0..<header.width {
        samples.append(bytes[first + column / 8] >> UInt8(7 - column % 8) & 1 == 1 ? 0 : 1)
      }
    }
    return samples
  }

  /// One byte a sample, or two, the high one first.
  private func byteSamples() throws -> [Float] {
    let size = header.largest > 255 ? 2 : 1
    try require(count * size, exactly: true)
    var samples: [Float] = []
    samples.reserveCapacity(count)
    for index in 0..<count {
      let at = position + index * size
      let value = size == 1 ? Int(bytes[at]) : Int(bytes[at]) << 8 | Int(bytes[at + 1])
      guard value <= header.largest else {
        throw error(at, "a sample of at most \(header.largest)", "\(value)")
      }
      samples.append(header.share(value))
    }
    return samples
  }

  private func error(
    _ offset: Int, _ expected: String, _ found: String, _ remedy: String = InflateError.damaged
  ) -> FormatError {
    .bytes(file: file, offset: offset, expected: expected, found: found, remedy: remedy)
  }
}
