/// The mean and the deviation of each channel over a training set, which every image is brought to 0 and 1 by.
package struct Normalization: Sendable, Equatable {
  /// By channel.
  package let mean: [Float]
  /// By channel, above 0.
  package let deviation: [Float]

  /// These means and deviations.
  package init(mean: [Float], deviation: [Float]) {
    precondition(
      mean.count == deviation.count && deviation.allSatisfy { $0 > 0 },
      "means \(mean) and deviations \(deviation)")
    (self.mean, self.deviation) = (mean, deviation)
  }

  /// What a model reads of an image, `[H·W, C]`: (x − mean) / deviation.
  package func applied(to image: Image) -> [Float] {
    precondition(
      image.channels == mean.count, "\(image.channels) channels for \(mean.count) means")
    var result = image.samples
    for index in result.indices {
      let channel = index % image.channels
      result[index] = (result[index] - mean[channel]) / deviation[channel]
    }
    return result
  }

  /// The image of what ``applied(to:)`` made of one, for looking at it; numbers outside 0…1 stay as they are.
  package func undone(_ numbers: [Float], height: Int, width: Int) -> Image {
    var numbers = numbers
    for index in numbers.indices {
      let channel = index % mean.count
      numbers[index] = numbers[index] * deviation[channel] + mean[channel]
    }
    return Image(height: height, width: width, channels: mean.count, samples: numbers)
  }
}

/// What adds up the images of a training set to their ``Normalization``, in the order in which they come.
package struct NormalizationMeter: Sendable {
  private var sums: [Double]
  private var squares: [Double]
  private var pixels = 0

  /// Nothing yet, of images with so many channels.
  package init(channels: Int) {
    (sums, squares) = (
      [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels)
    )
  }

  /// Adds an image; sums of each are made first, so that the sum over many images loses little.
  package mutating func add(_ image: Image) {
    precondition(image.channels == sums.count, "\(image.channels) channels for \(sums.count)")
    for channel in sums.indices {
      var (sum, square) = (0.0, 0.0)
      for index in stride(from: channel, to: image.samples.count, by: image.channels) {
        let value = Double(image.samples[index])
        sum += value
        square += value * value
      }
      sums[channel] += sum
      squares[channel] += square
    }
    pixels += image.height * image.width
  }

  /// The means and (biased) deviations so far; a channel that never changes has the deviation 1.
  package var normalization: Normalization {
    precondition(pixels > 0, "the mean of no images")
    let count = Double(pixels)
    let means = sums.map { $0 / count }
    let deviations = zip(squares, means).map { square, mean in
      let variance = square / count - mean * mean
      return variance > 1e-10 ? Float(variance.squareRoot()) : 1
    }
    return Normalization(mean: means.map { Float($0) }, deviation: deviations)
  }
}
