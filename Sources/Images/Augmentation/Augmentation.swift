/// How the images of training are changed in each epoch, so that a model sees none twice; by itself, nothing is.
///
/// What comes out depends on the image and on the random numbers alone: with those of (seed, epoch, example), it is the
/// same in any order, on any thread and after a resume. Every image draws as many numbers for each kind of change
/// whether that is asked for or not, so that a further change moves no other.
package struct Augmentation: Sendable, Equatable {
  /// The smallest share of the area that a part has which is cut out and enlarged again; 1 leaves the image whole.
  package var crop = 1.0
  /// The most pixels that the image is moved by, along each axis in either direction.
  package var shift = 0
  /// Whether every second image is mirrored.
  package var flip = false
  /// How probable it is that a rectangle is blotted out.
  package var erase = 0.0
  /// The deviation of what is added to each number; the result stays in 0…1.
  package var noise = 0.0
  /// What appears where the image was moved away, and where it is blotted out.
  package var fill: Float = 0

  /// No change.
  package init() {}

  /// Whether anything is changed.
  package var isNone: Bool { crop >= 1 && shift == 0 && !flip && erase <= 0 && noise <= 0 }

  /// An image of the same size, changed.
  package func applied(
    to image: Image, using random: inout some RandomNumberGenerator
  ) -> Image {
    var image = image
    // Size, top and left of the part.
    let part = [random.share(), random.share(), random.share()]
    if crop < 1 { image = cropped(image, part) }

    let steps = [random.share(), random.share()].map { share in
      min(Int(share * Double(2 * shift + 1)), 2 * shift) - shift
    }
    if shift > 0 {
      image = image.moved(
        top: steps[0], left: steps[1], height: image.height, width: image.width, fill: fill)
    }

    if random.share() < 0.5, flip { image = image.flipped }

    // Whether, area, proportions, top and left of the rectangle.
    let isErased = random.share() < erase
    let rectangle = [random.share(), random.share(), random.share(), random.share()]
    if isErased { blot(&image, rectangle) }

    if noise > 0 {
      for index in image.samples.indices {
        let value = image.samples[index] + Float(noise * random.nearlyNormal())
        image.samples[index] = min(max(value, 0), 1)
      }
    }
    return image
  }

  /// A part with the proportions of the whole, enlarged to its size.
  ///
  /// Szegedy et al. 2015, "Going deeper with convolutions" (arXiv:1409.4842), section 6, with fixed proportions.
  private func cropped(_ image: Image, _ draws: [Double]) -> Image {
    let side = (crop + (1 - crop) * draws[0]).squareRoot()
    let height = Self.length(side, of: image.height)
    let width = Self.length(side, of: image.width)
    return image.cropped(
      top: Self.place(draws[1], image.height - height),
      left: Self.place(draws[2], image.width - width), height: height, width: width
    ).resized(height: image.height, width: image.width)
  }

  /// Blots out a rectangle of 2 to 33 % of the area, between three times as high as wide and the reverse.
  ///
  /// Zhong et al. 2017, "Random erasing data augmentation" (arXiv:1708.04896), with one value.
  private func blot(_ image: inout Image, _ draws: [Double]) {
    let area = 0.02 + 0.31 * draws[0]
    // Uniform in 1/3…1 or 1…3, either as probable.
    let proportion = draws[1] < 0.5 ? 1 + 4 * draws[1] : 1 / (1 + 4 * (draws[1] - 0.5))
    let height = Self.length((area * proportion).squareRoot(), of: image.height)
    let width = Self.length((area / proportion).squareRoot(), of: image.width)
    let top = Self.place(draws[2], image.height - height)
    let left = Self.place(draws[3], image.width - width)
    for row in top..<(top + height) {
      for column in left..<(left + width) {
        for channel in 0..<image.channels { image[row, column, channel] = fill }
      }
    }
  }

  private static func length(_ share: Double, of whole: Int) -> Int {
    min(max(Int((share * Double(whole)).rounded()), 1), whole)
  }

  /// One of the places 0…most, each as probable.
  private static func place(_ share: Double, _ most: Int) -> Int {
    min(Int(share * Double(most + 1)), most)
  }
}
