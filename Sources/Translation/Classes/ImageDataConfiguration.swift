package import DragomanFormats
package import DragomanImages
import DragomanModels

/// Images of a run: the object `data.images` of a configuration.
package struct ImageDataConfiguration: Sendable, Equatable {
  /// Where the files are that the examples name.
  package var folder = "."
  /// Lines of each image; `nil`: as the first training image has.
  package var height: Int?
  /// Pixels of a line; likewise.
  package var width: Int?
  /// Channels; likewise.
  package var channels: Int?
  /// What is done to images with other proportions.
  package var fit = ImageFit.stretch
  /// The mean of each channel; none: those of the training images.
  package var mean: [Double] = []
  /// The deviation of each channel; likewise.
  package var deviation: [Double] = []
  /// How training images are changed.
  package var augment = AugmentationConfiguration()

  /// Images as they come.
  package init() {}

  /// A file of the folder, by the name that an example has; one that begins with a slash stands for itself.
  package func path(of name: String) -> String {
    name.hasPrefix("/") || folder == "." ? name : "\(folder)/\(name)"
  }

  /// What was found of the images, in the places of what nobody stated.
  package func settled(_ preparation: ImagePreparation) -> ImageDataConfiguration {
    var result = self
    result.height = preparation.shape.height
    result.width = preparation.shape.width
    result.channels = preparation.shape.channels
    if mean.isEmpty { result.mean = preparation.normalization.mean.map { Double($0) } }
    if deviation.isEmpty {
      result.deviation = preparation.normalization.deviation.map { Double($0) }
    }
    return result
  }

  /// What a model's file needs; `nil` unless everything is settled.
  package var preparation: ImagePreparation? {
    guard let height, let width, let channels, mean.count == channels, deviation.count == channels
    else { return nil }
    return ImagePreparation(
      ImageShape(height: height, width: width, channels: channels), fit: fit,
      normalization: Normalization(
        mean: mean.map { Float($0) }, deviation: deviation.map { Float($0) }))
  }
}

extension ImageDataConfiguration: Configuration {
  /// What the `data.images` object is for.
  package static let about =
    "Images: the first column of the examples names files, PNG or Netpbm, the second their classes or captions."
  /// The keys of the `data.images` object.
  package static let fields: [ConfigurationField<ImageDataConfiguration>] = [
    .init(\.folder, "folder", .text("the name of a folder"), help: "Where the files are."),
    .init(
      \.height, "height", side("as the first training image has"),
      help: "Lines that each image is given."),
    .init(
      \.width, "width", side("as the first training image has"),
      help: "Pixels of a line that each image is given."),
    .init(
      \.channels, "channels",
      .optional(
        .integer(atLeast: 1, atMost: 4), null: "as the first training image has", from: 3),
      help: "1 is grey, 2 grey with alpha, 3 colours, 4 colours with alpha."),
    .init(
      \.fit, "fit", .choice,
      help:
        "What is done to images of other proportions: `stretch` changes them, `crop` keeps the middle, `pad` adds "
        + "black margins. What is transparent lies on white."
    ),
    .init(
      \.mean, "mean", .list(of: .number(in: -1e6..<1e6), from: 0.5),
      defaultWords: "those of the training images",
      help: "What is taken from each channel, of 0 to 1."),
    .init(
      \.deviation, "deviation", .list(of: .number(above: 0), from: 0.5),
      defaultWords: "those of the training images", help: "What each channel is divided by then."),
    .init(
      \.augment, "augment", .object,
      help: "How training images are changed in each epoch, so that none is seen twice."),
  ]

  private static func side(_ words: String) -> ConfigurationType<Int?> {
    .optional(.integer(atLeast: 1, atMost: 16_384), null: words, from: 32)
  }

  /// Numbers for other channels than there are.
  package var conflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    for (key, values) in [("mean", mean), ("deviation", deviation)] where !values.isEmpty {
      guard let channels, channels != values.count else { continue }
      conflicts.append(
        ConfigurationConflict(
          [key, "channels"], because: "there is one number for each channel",
          remedies: ["give \(Words.count(channels, "number"))", "leave data.images.\(key) out"]))
    }
    return conflicts
  }
}

/// How training images are changed: the object `data.images.augment` of a configuration.
package struct AugmentationConfiguration: Sendable, Equatable {
  /// The smallest share of the area that is cut out and enlarged.
  package var crop = 1.0
  /// The most pixels that an image is moved by.
  package var shift = 0
  /// Whether every second image is mirrored.
  package var flip = false
  /// How probable it is that a rectangle is blotted out.
  package var erase = 0.0
  /// The deviation of what is added to each number.
  package var noise = 0.0

  /// No change.
  package init() {}

  /// What changes images.
  package var augmentation: Augmentation {
    var result = Augmentation()
    (result.crop, result.shift, result.flip) = (crop, shift, flip)
    (result.erase, result.noise) = (erase, noise)
    return result
  }
}

extension AugmentationConfiguration: Configuration {
  /// What the object is for.
  package static let about =
    "How training images are changed, by chance that follows from seed, epoch and example."
  /// The keys of the object.
  package static let fields: [ConfigurationField<AugmentationConfiguration>] = [
    .init(
      \.crop, "crop", .number(above: 0, below: 1.000_001),
      help:
        "Smallest share of the area of a part that is cut out and enlarged to the whole; 1 cuts nothing."
    ),
    .init(
      \.shift, "shift", .integer(atLeast: 0, atMost: 16_384),
      help: "Most pixels that an image is moved by, along each side."),
    .init(
      \.flip, "flip", .boolean, help: "Whether half of the images are mirrored, left to right."),
    .init(
      \.erase, "erase", .number(in: 0..<1),
      help: "Chance that a rectangle is blotted out (Zhong et al. 2017)."),
    .init(
      \.noise, "noise", .number(in: 0..<1),
      help: "Deviation of what is added to each number of 0 to 1."),
  ]
}
