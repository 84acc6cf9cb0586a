extension Image {
  /// The image in another size: by area where an axis shrinks, bilinear where it grows.
  ///
  /// Sums are in Double, first down the columns, then along the rows, in increasing order, and rounded once: the same
  /// bits everywhere. An axis whose length stays is left as it is. Complexity: O(H·W·C) and one row of sums.
  package func resized(height newHeight: Int, width newWidth: Int) -> Image {
    guard newHeight != height || newWidth != width else { return self }
    var result = Image(height: newHeight, width: newWidth, channels: channels)
    let vertical = AxisWeights(from: height, to: newHeight)
    let horizontal = AxisWeights(from: width, to: newWidth)
    let rowCount = width * channels
    var sums = [Double](repeating: 0, count: rowCount)
    for row in 0..<newHeight {
      for index in sums.indices { sums[index] = 0 }
      for (offset, weight) in vertical.weights[row].enumerated() {
        let start = (vertical.starts[row] + offset) * rowCount
        for index in 0..<rowCount { sums[index] += weight * Double(samples[start + index]) }
      }
      for column in 0..<newWidth {
        let (start, weights) = (horizontal.starts[column], horizontal.weights[column])
        for channel in 0..<channels {
          var sum = 0.0
          for (offset, weight) in weights.enumerated() {
            sum += weight * sums[(start + offset) * channels + channel]
          }
          result[row, column, channel] = Float(sum)
        }
      }
    }
    return result
  }
}
