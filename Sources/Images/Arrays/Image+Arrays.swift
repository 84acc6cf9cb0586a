import DragomanFormats

extension Image {
  /// The image of an array `[H, W]` or `[H, W, C]`; see ``all(in:file:)`` for the numbers.
  package init(_ array: NumberArray, file: String) throws {
    guard array.shape.count == 2 || array.shape.count == 3 && array.shape[2] <= 4 else {
      throw Self.wrongShape(
        array, "[height, width] or [height, width, channels], 4 channels at most", file)
    }
    let stack = NumberArray(type: array.type, shape: [1] + array.shape, bytes: array.bytes)
    self = try Self.all(in: stack, file: file)[0]
  }

  /// The images of an array `[N, H, W]` or `[N, H, W, C]`, C at most 4.
  ///
  /// Bytes are shares of 255, whole numbers of 16 bits without sign shares of 65,535, booleans 0 or 1; floats are taken
  /// as they are and have to be from 0 to 1.
  package static func all(in array: NumberArray, file: String) throws -> [Image] {
    let shape = array.shape
    guard shape.count == 3 || shape.count == 4 && shape[3] <= 4 else {
      throw wrongShape(
        array, "[images, height, width] or [images, height, width, channels], 4 channels at most",
        file)
    }
    let (height, width, channels) = (shape[1], shape[2], shape.count == 4 ? shape[3] : 1)
    guard isPlausible(height: height, width: width, channels: channels) else {
      throw implausible(file: file, offset: 0, height: height, width: width, channels: channels)
    }
    return try (0..<shape[0]).map { index in
      Image(
        height: height, width: width, channels: channels,
        samples: try samples(array[index], file))
    }
  }

  private static func samples(_ array: NumberArray, _ file: String) throws -> [Float] {
    let numbers = array.floats()
    switch array.type {
    case .bool: return numbers.map { $0 == 0 ? 0 : 1 }
    case .u8: return numbers.map { $0 / 255 }
    case .u16: return numbers.map { $0 / 65535 }
    case .f16, .f32, .f64:
      guard numbers.allSatisfy(\.isFinite) else {
        throw FormatError.bytes(
          file: file, offset: 0, expected: "finite numbers", found: "an infinite one or none",
          remedy: "Clean it with 'numpy.nan_to_num'.")
      }
      // What lies outside would become black or white, and nobody would know.
      if let odd = numbers.first(where: { !(0...1).contains($0) }) {
        throw FormatError.bytes(
          file: file, offset: 0, expected: "numbers from 0 to 1",
          found: NumberText.significant(Double(odd), digits: 4),
          remedy: "Divide all images by the same number, the greatest that there is.")
      }
      return numbers
    default:
      throw FormatError.bytes(
        file: file, offset: 0, expected: "an image of U8, U16, BOOL or floats",
        found: array.type.rawValue,
        remedy: "Save it as bytes with 'array.astype(\"uint8\")'.")
    }
  }

  private static func wrongShape(
    _ array: NumberArray, _ expected: String, _ file: String
  ) -> FormatError {
    .bytes(
      file: file, offset: 0, expected: "the shape \(expected)",
      found: Excerpt.numbers(array.shape),
      remedy:
        "Channels come last ('numpy.moveaxis'). Several images of one array have the shape "
        + "[images, height, width, channels]: grey ones are 'array[..., None]'.")
  }
}
