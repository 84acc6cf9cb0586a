package import DragomanImages
package import DragomanModels

/// What is done to an image before a model reads it, in training as later.
package struct ImagePreparation: Sendable, Equatable {
  /// The size that it gets.
  package let shape: ImageShape
  /// How it gets there where its proportions are others.
  package let fit: ImageFit
  /// What is taken from each channel, and what it is divided by.
  package let normalization: Normalization

  /// A preparation; there are as many means as channels.
  package init(_ shape: ImageShape, fit: ImageFit, normalization: Normalization) {
    (self.shape, self.fit, self.normalization) = (shape, fit, normalization)
  }

  /// The image in the size of the model, not normalised yet.
  package static func fitted(_ image: Image, to shape: ImageShape, _ fit: ImageFit) -> Image {
    image.withChannels(shape.channels).fitted(
      height: shape.height, width: shape.width, fit)
  }

  /// The numbers that the model reads, `[H·W·C]`.
  package func numbers(of image: Image) -> [Float] {
    // Through bytes, as training keeps them.
    let fitted = Self.fitted(image, to: shape, fit)
    return normalization.applied(
      to: Image(
        height: shape.height, width: shape.width, channels: shape.channels, bytes: fitted.bytes))
  }
}
