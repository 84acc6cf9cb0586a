import DragomanFormats

/// A PNG file; PNG specification (third edition), https://www.w3.org/TR/png-3/.
///
/// All depths, colour types, filters and Adam7 are read; transparency becomes alpha. Every chunk's CRC is checked, as
/// is the order of those that matter; the data have to be exactly as long as the header promises, so that nothing
/// larger is ever unpacked. Gamma, profiles and texts are passed over.
struct PNGReader {
  /// How a PNG begins.
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  let file: String
  let header: PNGHeader
  /// The bytes of the palette, three a colour.
  private(set) var palette: [UInt8] = []
  /// What says which colours are transparent, if something does.
  private(set) var transparency: [UInt8]?
  /// The compressed data of all its chunks.
  private var data: [UInt8] = []
  /// Where each of these chunks stands, and how many of the data come before it.
  private var places: [(before: Int, offset: Int)] = []

  /// Reads all chunks of a file, given with its signature.
  init(_ bytes: [UInt8], file: String) throws {
    self.file = file
    var chunks = PNGChunks(bytes, file: file)
    let first = try chunks.next()
    guard first.type == "IHDR", first.data.count == 13 else {
      throw chunks.error(
        first.offset, "the chunk IHDR of 13 bytes", "\(first.type) of \(first.data.count)")
    }
    header = try PNGHeader(first.data, file: file, offset: first.data.startIndex)
    var last = first.type
    while last != "IEND" {
      let chunk = try chunks.next()
      switch chunk.type {
      case "PLTE": try readPalette(chunk, chunks)
      case "tRNS": try readTransparency(chunk, chunks)
      case "IDAT":
        guard places.isEmpty || last == "IDAT" else {
          throw chunks.error(chunk.offset, "all chunks IDAT in a row", "\(last) among them")
        }
        places.append((data.count, chunk.data.startIndex))
        data += chunk.data
      case "IEND": break
      default:
        guard chunk.isAncillary else {
          throw chunks.error(
            chunk.offset, "a chunk of the PNG specification", "\(Excerpt.quoted(chunk.type))",
            "Convert it with 'magick it.png it-again.png'.")
        }
      }
      last = chunk.type
    }
    guard !places.isEmpty else { throw chunks.error(bytes.count, "a chunk IDAT", "none") }
    guard header.colour != .palette || !palette.isEmpty else {
      throw chunks.error(bytes.count, "a chunk PLTE, since colours are numbers of it", "none")
    }
  }

  private mutating func readPalette(_ chunk: PNGChunk, _ chunks: PNGChunks) throws {
    guard palette.isEmpty, places.isEmpty, transparency == nil else {
      throw chunks.error(
        chunk.offset, "one chunk PLTE before tRNS and IDAT", "another or a later one")
    }
    guard header.colour != .grey, header.colour != .greyAlpha else {
      throw chunks.error(chunk.offset, "no palette in a grey image", "PLTE")
    }
    let most = header.colour == .palette ? 1 << header.depth : 256
    guard chunk.data.count % 3 == 0, (3...(3 * most)).contains(chunk.data.count) else {
      throw chunks.error(
        chunk.offset, "1 to \(most) colours of 3 bytes", Words.count(chunk.data.count, "byte"))
    }
    palette = Array(chunk.data)
  }

  private mutating func readTransparency(_ chunk: PNGChunk, _ chunks: PNGChunks) throws {
    guard transparency == nil, places.isEmpty else {
      throw chunks.error(chunk.offset, "one chunk tRNS before IDAT", "another or a later one")
    }
    let allowed: ClosedRange<Int>
    switch header.colour {
    case .grey: allowed = 2...2
    case .rgb: allowed = 6...6
    case .palette: allowed = 0...(palette.count / 3)
    case .greyAlpha, .rgba:
      throw chunks.error(chunk.offset, "no chunk tRNS beside an alpha channel", "one")
    }
    guard allowed.contains(chunk.data.count) else {
      let words = allowed.count == 1 ? "\(allowed.upperBound)" : "at most \(allowed.upperBound)"
      throw chunks.error(chunk.offset, "\(words) bytes in tRNS", "\(chunk.data.count)")
    }
    transparency = Array(chunk.data)
  }

  /// Unpacks the data, undoes the filters and spreads the passes over the image.
  func image() throws -> Image {
    let passes = PNGPass.all(header)
    var bytes: [UInt8]
    do {
      bytes = try Zlib.unpack(data, size: passes.reduce(0) { $0 + $1.bytes })
    } catch {
      throw error.inFile(file, place)
    }
    // The row above the first one of each pass.
    bytes += repeatElement(0, count: passes.reduce(0) { max($0, $1.rowBytes) })
    var samples = PNGSamples(self)
    var at = 0
    for pass in passes {
      if let (row, found) = PNGFilter.undo(&bytes, from: at, pass, reach: header.filterReach) {
        throw error("a filter of 0 to 4 before row \(pass.top + row * pass.down)", "\(found)")
      }
      if let (row, found) = samples.add(bytes, from: at, pass) {
        throw error(
          "one of the palette's \(palette.count / 3) colours in row \(row)", "number \(found)")
      }
      at += pass.bytes
    }
    return samples.image
  }

  /// Where a byte of the compressed data stands in the file.
  private func place(of byte: Int) -> Int {
    guard let chunk = places.last(where: { $0.before <= byte }) else { return byte }
    return chunk.offset + byte - chunk.before
  }

  private func error(_ expected: String, _ found: String) -> FormatError {
    .bytes(
      file: file, offset: place(of: 0), expected: expected, found: found,
      remedy: InflateError.damaged)
  }
}
