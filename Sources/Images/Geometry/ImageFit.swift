/// How an image is brought to a size with other proportions.
package enum ImageFit: String, CaseIterable, Sendable {
  /// Both axes are resized by themselves; proportions change.
  case stretch
  /// The shorter side fits, and of the longer one the middle is kept.
  case crop
  /// The longer side fits, and margins are put on both sides of the shorter one.
  case pad
}

extension Image {
  /// The image in a size.
  ///
  /// Lengths are rounded to the nearest whole number, up from a half; of an odd rest, the smaller half comes first. No
  /// image larger than this one and the result is made, however long and thin this one is.
  package func fitted(
    height newHeight: Int, width newWidth: Int, _ fit: ImageFit, fill: Float = 0
  ) -> Image {
    switch fit {
    case .stretch: return resized(height: newHeight, width: newWidth)
    case .crop:
      let partHeight = min(Self.length(newHeight, per: newWidth, of: width), height)
      let partWidth = min(Self.length(newWidth, per: newHeight, of: height), width)
      return cropped(
        top: (height - partHeight) / 2, left: (width - partWidth) / 2, height: partHeight,
        width: partWidth
      ).resized(height: newHeight, width: newWidth)
    case .pad:
      let resized = resized(
        height: min(Self.length(height, per: width, of: newWidth), newHeight),
        width: min(Self.length(width, per: height, of: newHeight), newWidth))
      return resized.moved(
        top: (newHeight - resized.height) / 2, left: (newWidth - resized.width) / 2,
        height: newHeight, width: newWidth, fill: fill)
    }
  }

  /// The length that is to `whole` as `part` to `other`, at least 1.
  private static func length(_ part: Int, per other: Int, of whole: Int) -> Int {
    max((2 * part * whole + other) / (2 * other), 1)
  }
}
