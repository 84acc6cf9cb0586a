import DragomanFormats

/// A piece of a PNG file: a length, a name of four letters, data, and the CRC-32 of name and data.
///
/// PNG specification (third edition), section 5.3.
struct PNGChunk {
  /// Its name.
  let type: String
  /// Where it begins in the file.
  let offset: Int
  /// Its data, as a slice of the file.
  let data: ArraySlice<UInt8>

  /// Whether one that is not known may be passed over: its name begins in lower case.
  var isAncillary: Bool { type.utf8.first.map { $0 & 0x20 != 0 } ?? false }
}

/// The chunks of a file, one after the other.
struct PNGChunks {
  private let bytes: [UInt8]
  private let file: String
  private var position = PNGReader.signature.count

  init(_ bytes: [UInt8], file: String) { (self.bytes, self.file) = (bytes, file) }

  /// The next chunk, whose CRC is right.
  mutating func next() throws -> PNGChunk {
    let at = position
    guard bytes.count - at >= 12 else {
      throw error(bytes.count, "another chunk", "the end of the file")
    }
    let length = number(at)
    let name = bytes[(at + 4)..<(at + 8)]
    guard name.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) else {
      throw error(at + 4, "the name of a chunk, four letters", "other bytes")
    }
    let type = String(decoding: name, as: UTF8.self)
    guard length <= bytes.count - at - 12 else {
      throw error(
        bytes.count, "\(NumberText.grouped(length)) bytes of \(type)", "the end of the file")
    }
    let end = at + 8 + length
    let checksum = CRC32(of: bytes[(at + 4)..<end]).value
    let stated = UInt32(number(end))
    guard checksum == stated else {
      throw error(
        end, "the checksum \(NumberText.hexadecimal(UInt64(checksum), digits: 8)) of \(type)",
        NumberText.hexadecimal(UInt64(stated), digits: 8))
    }
    position = end + 4
    return PNGChunk(type: type, offset: at, data: bytes[(at + 8)..<end])
  }

  private func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }

  /// An error at a place.
  func error(
    _ offset: Int, _ expected: String, _ found: String, _ remedy: String = InflateError.damaged
  ) -> FormatError {
    .bytes(file: file, offset: offset, expected: expected, found: found, remedy: remedy)
  }
}
