internal import CDragomanKernels

/// A window that moves over images: which pixels it sees from each of its positions.
///
/// At position (y, x) it sees the lines y · stride − top ..< y · stride − top + height, and columns alike; what lies
/// outside of the image is 0.
package struct Window: Sendable, Hashable {
  /// Its lines.
  package let height: Int
  /// Its columns.
  package let width: Int
  /// Pixels from one position to the next.
  package let stride: Int
  /// Lines of zeros above an image; negative where lines of the image are passed over.
  package let top: Int
  /// Columns of zeros to the left.
  package let left: Int
  /// What it moves over.
  package let source: GridShape
  /// Its positions.
  package let target: GridShape

  /// A square window over images with `padding` zeros on each side.
  ///
  ///     positions = ⌊(size + 2 padding − side) / stride⌋ + 1
  package init(side: Int, stride: Int = 1, padding: Int = 0, over source: GridShape) {
    precondition(
      Window.fits(side: side, stride: stride, padding: padding, over: source),
      "a window of \(side) × \(side) with stride \(stride) and padding \(padding) over \(source)")
    func positions(_ size: Int) -> Int { (size + 2 * padding - side) / stride + 1 }
    self.init(
      height: side, width: side, stride: stride, top: padding, left: padding, source: source,
      target: GridShape(
        images: source.images, height: positions(source.height), width: positions(source.width)))
  }

  /// A window that is not the same in both directions; for ways back.
  package init(
    height: Int, width: Int, stride: Int, top: Int, left: Int, source: GridShape, target: GridShape
  ) {
    precondition(
      height >= 1 && width >= 1 && stride >= 1 && source.images == target.images,
      "a window of \(height) × \(width) with stride \(stride) from \(source) to \(target)")
    (self.height, self.width, self.stride) = (height, width, stride)
    (self.top, self.left, self.source, self.target) = (top, left, source, target)
  }

  /// Whether such a window has a position, and sees some of the image from each.
  package static func fits(side: Int, stride: Int, padding: Int, over source: GridShape) -> Bool {
    side >= 1 && stride >= 1 && padding >= 0 && padding < side
      && min(source.height, source.width) + 2 * padding >= side
  }

  /// Pixels that it sees at once.
  package var pixels: Int { height * width }

  /// What the C functions are given.
  var view: dragoman_window {
    dragoman_window(
      source_height: source.height, source_width: source.width, rows: target.height,
      columns: target.width, height: height, width: width, stride: stride, top: top, left: left)
  }

  /// Traps unless both matrices have a row for each pixel of their side.
  func check(_ source: Matrix, _ target: Matrix, _ what: @autoclosure () -> String) {
    precondition(
      source.rows == self.source.rows && target.rows == self.target.rows,
      "\(what()): \(source.shape) and \(target.shape) for \(self.source) and \(self.target)")
  }

  /// Traps where it is too large for kernels that go pixel by pixel.
  func checkSize() {
    precondition(
      height <= DRAGOMAN_LARGEST_WINDOW && width <= DRAGOMAN_LARGEST_WINDOW,
      "a window of \(height) × \(width); the largest is \(DRAGOMAN_LARGEST_WINDOW)")
  }
}
