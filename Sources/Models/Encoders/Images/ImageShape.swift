/// The size that all images of a model have.
package struct ImageShape: Sendable, Hashable {
  /// Lines.
  package var height: Int
  /// Pixels of a line.
  package var width: Int
  /// Numbers of a pixel.
  package var channels: Int

  /// A size.
  package init(height: Int, width: Int, channels: Int) {
    (self.height, self.width, self.channels) = (height, width, channels)
  }

  /// Numbers of an image.
  package var count: Int { height * width * channels }
}
