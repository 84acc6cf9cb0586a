/// What makes an image of unfiltered rows: samples of any depth, palettes and transparent colours.
struct PNGSamples {
  private let header: PNGHeader
  private let palette: [UInt8]
  private let transparency: [UInt8]?
  private let channels: Int
  private var samples: [Float]
  /// The shares of the largest sample, of up to 8 bits.
  private let shares: [Float]

  /// Of a file whose data proved to be as long as its header says.
  init(_ reader: PNGReader) {
    header = reader.header
    (palette, transparency) = (reader.palette, reader.transparency)
    let colours = header.colour == .palette ? 3 : header.colour.samples
    channels = colours + (transparency == nil ? 0 : 1)
    samples = [Float](repeating: 1, count: header.height * header.width * channels)
    shares = header.depth > 8 ? [] : SampleScale.shares(1 << header.depth - 1)
  }

  /// The image, once all passes were added.
  var image: Image {
    Image(height: header.height, width: header.width, channels: channels, samples: samples)
  }

  /// Puts the pixels of a pass where they belong; gives the row and number of a colour that the palette lacks, or
  /// `nil`.
  mutating func add(
    _ bytes: [UInt8], from start: Int, _ pass: PNGPass
  ) -> (row: Int, number: Int)? {
    let bytes = bytes.span
    let count = header.colour.samples
    guard !isPlain else {
      addPlain(bytes, from: start, pass)
      return nil
    }
    var values = [Int](repeating: 0, count: count)
    let transparent = transparentValues
    for row in 0..<pass.height {
      let first = start + row * (pass.rowBytes + 1) + 1
      let y = pass.top + row * pass.down
      for column in 0..<pass.width {
        let x = pass.left + column * pass.right
        for sample in 0..<count {
          values[sample] = value(bytes, first, column * count + sample)
        }
        let at = (y * header.width + x) * channels
        if header.colour == .palette {
          guard values[0] < palette.count / 3 else { return (y, values[0]) }
          putColour(values[0], at)
        } else {
          for sample in 0..<count { samples[at + sample] = share(values[sample]) }
          if let transparent { samples[at + count] = values == transparent ? 0 : 1 }
        }
      }
    }
    return nil
  }

  /// Whether rows are the samples as they are, which most files hold.
  private var isPlain: Bool {
    header.depth == 8 && header.colour != .palette && transparency == nil && !header.isInterlaced
  }

  private mutating func addPlain(_ bytes: Span<UInt8>, from start: Int, _ pass: PNGPass) {
    var samples: [Float] = []
    swap(&samples, &self.samples)
    defer { swap(&samples, &self.samples) }
    let shares = shares.span
    var target = samples.mutableSpan
    for row in 0..<pass.height {
      let from = start + row * (pass.rowBytes + 1) + 1
      let to = row * pass.rowBytes
      for index in 0..<pass.rowBytes { target[to + index] = shares[Int(bytes[from + index])] }
    }
  }

  /// The colour that is transparent; only the bits that a sample has count.
  private var transparentValues: [Int]? {
    guard let transparency, header.colour != .palette else { return nil }
    let mask = 1 << header.depth - 1
    return (0..<header.colour.samples).map {
      (Int(transparency[2 * $0]) << 8 | Int(transparency[2 * $0 + 1])) & mask
    }
  }

  private mutating func putColour(_ number: Int, _ at: Int) {
    for channel in 0..<3 {
      samples[at + channel] = SampleScale.bytes[Int(palette[3 * number + channel])]
    }
    // Colours without an entry are opaque, as all samples are to begin with.
    if let transparency, number < transparency.count {
      samples[at + 3] = SampleScale.bytes[Int(transparency[number])]
    }
  }

  /// A sample of a row: of 16 bits the high byte comes first, within a byte the highest bits.
  private func value(_ bytes: Span<UInt8>, _ first: Int, _ index: Int) -> Int {
    switch header.depth {
    case 8: return Int(bytes[first + index])
    case 16: return Int(bytes[first + 2 * index]) << 8 | Int(bytes[first + 2 * index + 1])
    default:
      let bit = index * header.depth
      let shift = 8 - header.depth - bit % 8
      return Int(bytes[first + bit / 8]) >> shift & (1 << header.depth - 1)
    }
  }

  private func share(_ value: Int) -> Float {
    header.depth > 8 ? Float(value) / 65535 : shares[value]
  }
}
