/// The shape of a batch of images: all of one height and one width.
///
/// Their matrix has a row for each pixel, image after image and line after line, and a column for each channel: NHWC.
package struct GridShape: Sendable, Hashable {
  /// B.
  package var images: Int
  /// Lines of an image.
  package var height: Int
  /// Pixels of a line.
  package var width: Int

  /// So many images of this size.
  package init(images: Int, height: Int, width: Int) {
    precondition(
      images >= 0 && height >= 1 && width >= 1, "\(images) images of \(height) × \(width) pixels")
    (self.images, self.height, self.width) = (images, height, width)
  }

  /// Pixels of an image.
  package var pixels: Int { height * width }
  /// Rows of the matrix.
  package var rows: Int { images * pixels }
  /// The row at which each image begins, and at last the number of all: an image is a sentence of pixels.
  package var offsets: [Int32] { (0...images).map { Int32($0 * pixels) } }
}
