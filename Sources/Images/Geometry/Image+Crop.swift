extension Image {
  /// A part of the image, which has to lie in it.
  package func cropped(top: Int, left: Int, height newHeight: Int, width newWidth: Int) -> Image {
    precondition(
      top >= 0 && left >= 0 && newHeight > 0 && newWidth > 0 && top <= height - newHeight
        && left <= width - newWidth,
      "a part of \(newHeight) × \(newWidth) at (\(top), \(left)) of \(height) × \(width)")
    return moved(top: -top, left: -left, height: newHeight, width: newWidth, fill: 0)
  }

  /// The image with margins of one value.
  package func padded(
    top: Int, left: Int, bottom: Int, right: Int, fill: Float = 0
  ) -> Image {
    precondition(
      top >= 0 && left >= 0 && bottom >= 0 && right >= 0,
      "margins of \(top), \(left), \(bottom), \(right)")
    return moved(
      top: top, left: left, height: top + height + bottom, width: left + width + right, fill: fill)
  }

  /// A canvas of one value with the image at a place, which may lie outside in part or as a whole.
  func moved(top: Int, left: Int, height newHeight: Int, width newWidth: Int, fill: Float) -> Image
  {
    var result = Image(height: newHeight, width: newWidth, channels: channels, repeating: fill)
    let rows = max(top, 0)..<max(min(top + height, newHeight), max(top, 0))
    let columns = max(left, 0)..<max(min(left + width, newWidth), max(left, 0))
    guard !columns.isEmpty else { return result }
    for row in rows {
      let from = ((row - top) * width + columns.lowerBound - left) * channels
      let to = (row * newWidth + columns.lowerBound) * channels
      for index in 0..<(columns.count * channels) {
        result.samples[to + index] = samples[from + index]
      }
    }
    return result
  }

  /// The image as a mirror shows it.
  package var flipped: Image {
    var result = self
    for row in 0..<height {
      for column in 0..<width {
        for channel in 0..<channels {
          result[row, column, channel] = self[row, width - 1 - column, channel]
        }
      }
    }
    return result
  }
}
