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
  /// Lengths are rounded to the nearest whole number, up from a half; of an odd rest, the smaller half comes first.
  package func fitted(
    height newHeight: Int, width newWidth: Int, _ fit: ImageFit, fill: Float = 0
  ) -> Image {
    let byHeight = (2 * width * newHeight + height) / (2 * height)
    let byWidth = (2 * height * newWidth + width) / (2 * width)
    switch fit {
    case .stretch: return resized(height: newHeight, width: newWidth)
    case .crop:
      let resized =
        byHeight >= newWidth
        ? resized(height: newHeight, width: byHeight)
        : resized(height: max(byWidth, newHeight), width: newWidth)
      return resized.cropped(
        top: (resized.height - newHeight) / 2, left: (resized.width - newWidth) / 2,
        height: newHeight, width: newWidth)
    case .pad:
      let resized =
        byHeight <= newWidth
        ? resized(height: newHeight, width: max(byHeight, 1))
        : resized(height: max(min(byWidth, newHeight), 1), width: newWidth)
      return resized.moved(
        top: (newHeight - resized.height) / 2, left: (newWidth - resized.width) / 2,
        height: newHeight, width: newWidth, fill: fill)
    }
  }
}
