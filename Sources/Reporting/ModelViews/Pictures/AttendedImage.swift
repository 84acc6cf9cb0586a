import DragomanImages

/// An image of which a model weighs the parts: opaque where it looked most, nearly transparent where it did not look.
struct AttendedImage {
  /// Pixels of a side of a part.
  let scale: Int
  private let small: Image
  private let bytes: [UInt8]
  private let width: Int

  /// An image with `height` × `width` parts.
  init(_ image: Image, height: Int, width: Int) {
    // Large images are shown smaller: what counts is which part of them.
    scale = max(1, min(image.height / height, 64 / max(height, width, 1)))
    small = image.withChannels(3).fitted(
      height: height * scale, width: width * scale, .stretch)
    bytes = small.bytes
    self.width = width
  }

  /// Red, green, blue and alpha of each pixel, given the weights of the parts, line by line.
  func pixels(_ weights: [Float]) -> [UInt8] {
    let greatest = max(weights.max() ?? 1, .leastNormalMagnitude)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(small.height * small.width * 4)
    for y in 0..<small.height {
      for x in 0..<small.width {
        let start = (y * small.width + x) * small.channels
        let weight = weights[y / scale * width + x / scale] / greatest
        pixels += bytes[start..<(start + 3)]
        pixels.append(UInt8(26 + 229 * (weight.isFinite ? min(max(weight, 0), 1) : 0)))
      }
    }
    return pixels
  }

  /// The same as an image.
  func image(_ weights: [Float]) -> Image {
    Image(height: small.height, width: small.width, channels: 4, bytes: pixels(weights))
  }

  /// An image whose longest side is no longer than that.
  static func small(_ image: Image, longest: Int) -> Image {
    let side = max(image.height, image.width)
    let plain = image.hasAlpha ? image.withChannels(3) : image
    guard side > longest else { return plain }
    return plain.fitted(
      height: max(image.height * longest / side, 1), width: max(image.width * longest / side, 1),
      .stretch)
  }
}
