import DragomanImages
import DragomanModels
import DragomanTensor
import DragomanTranslation

/// Images of one size as bytes, and what is done to them before a model reads them.
struct PreparedImages: Sendable {
  /// What is done to an image.
  let preparation: ImagePreparation
  /// `[N·H·W·C]`.
  private let bytes: [UInt8]

  /// Images that were read, and what is done to them.
  init(_ images: ImageFiles, _ preparation: ImagePreparation) {
    (bytes, self.preparation) = (images.bytes, preparation)
  }

  /// An image in the size of the model.
  func image(at index: Int) -> Image {
    let shape = preparation.shape
    return Image(
      height: shape.height, width: shape.width, channels: shape.channels,
      bytes: Array(bytes[(index * shape.count)..<((index + 1) * shape.count)]))
  }

  /// What the model reads of an image, `[H·W·C]`, changed by chance if `augmentation` changes anything.
  func numbers(
    at index: Int, _ augmentation: Augmentation?, random: () -> Random
  ) -> [Float] {
    var image = image(at: index)
    if let augmentation, !augmentation.isNone {
      var random = random()
      image = augmentation.applied(to: image, using: &random)
    }
    return preparation.normalization.applied(to: image)
  }
}
