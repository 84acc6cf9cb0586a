import DragomanFuzzEntry

@testable import DragomanFormats
@testable import DragomanImages

/// Binary files.
enum FileInputs {
  private static let scratch = Scratch("files")
  /// Numbers of one array that are read; more are not more telling.
  private static let most = 1 << 20

  /// A safetensors file: of an input that begins with `{`, header and tensors, which a byte parts that is in no UTF-8,
  /// with the length put before them; any other as it is.
  static func safetensors(_ bytes: [UInt8]) {
    var file = bytes
    if bytes.first == UInt8(ascii: "{") {
      let header = Array(bytes.prefix { $0 != 0xFF })
      file = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
      file += bytes.dropFirst(header.count + 1)
    }
    let path = scratch.write("input.safetensors", file)
    Promise.attempt {
      let reader = try SafetensorsReader(path: path)
      var end = reader.dataStart
      for tensor in reader.tensors {
        Promise.keep(tensor.bytes.lowerBound == end, "a gap before \(tensor.name)")
        end = tensor.bytes.upperBound
        _ = reader.matrix(scaledBy: tensor)
        if tensor.count <= most { _ = try reader.readValues(tensor) { _ in } }
      }
      Promise.keep(end == file.count, "bytes behind the tensors")
      try reader.verifyChecksum(of: .tensors)
      try reader.verifyChecksum()
    }
    read(path)
  }

  /// Arrays in whatever file holds them: safetensors, NPZ, NPY.
  static func arrays(_ bytes: [UInt8]) { read(scratch.write("input.npz", bytes)) }

  private static func read(_ path: String) {
    Promise.attempt {
      let file = try ArrayFile(path: path)
      for name in file.names.prefix(20) + (file.isSingle ? [""] : []) {
        Promise.attempt { _ = try file.texts(named: name) }
        Promise.attempt {
          guard let array = try file.array(named: name) else { return }
          let count = array.shape.reduce(1, *)
          guard count <= most else { return }
          Promise.keep(try array.floats(0..<count).count == count, "numbers of \(name)")
          _ = try array.integers()
          if let rows = array.shape.first, rows > 0 { _ = try array.row(rows - 1) }
        }
      }
    }
  }

  /// An image of any kind.
  static func image(_ bytes: [UInt8]) {
    Promise.attempt { look(at: try Image(bytes: bytes, file: "input")) }
  }

  /// An image can be made smaller and written.
  static func look(at image: Image) {
    guard image.height * image.width <= most else { return }
    let small = image.fitted(height: 3, width: 4, .pad)
    Promise.keep(small.height == 3 && small.width == 4, "the size of a smaller image")
    let png = PNGWriter.bytes(of: small)
    Promise.attempt {
      Promise.keep(try Image(bytes: png, file: "again").width == 4, "a written image")
    }
  }

  /// Bare DEFLATE, up to 16 MB of it, and what stored blocks give back.
  static func inflate(_ bytes: [UInt8]) {
    Promise.attempt {
      var rest = bytes
      var inflater = Inflater(
        BitReader {
          defer { rest = [] }
          return rest
        })
      while inflater.produced < 1 << 24 {
        let piece = try inflater.next()
        if piece.isEmpty { break }
      }
    }
    Promise.attempt { _ = try Zlib.unpack(bytes, size: 1000) }
    do {
      let again = try Zlib.unpack(Zlib.store(bytes), size: bytes.count)
      Promise.keep(again == bytes, "stored blocks")
    } catch { fatalError("stored blocks: \(error)") }
  }

  /// A gzip file, in pieces of seven bytes.
  static func gzip(_ bytes: [UInt8]) {
    Promise.attempt {
      var at = 0
      var reader = GzipReader(path: "input") {
        defer { at = min(at + 7, bytes.count) }
        return Array(bytes[at..<min(at + 7, bytes.count)])
      }
      while !(try reader.next()).isEmpty {}
    }
  }
}
