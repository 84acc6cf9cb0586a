import DragomanFormats
import DragomanImages
import DragomanModels
import DragomanTensor
import DragomanText
import DragomanTranslation

/// Images of one size, each with its class.
struct ClassifiedImages: Sendable {
  /// The images.
  let images: PreparedImages
  /// The number of each image's class.
  let classes: [Int32]

  /// Images that were read, and what is done to them.
  init(_ images: ImageFiles, _ preparation: ImagePreparation, classes: [Int32]) {
    (self.images, self.classes) = (PreparedImages(images, preparation), classes)
  }

  /// What is done to an image before the model reads it.
  var preparation: ImagePreparation { images.preparation }
  /// The number of images.
  var count: Int { classes.count }
  /// An image in the size of the model.
  func image(at index: Int) -> Image { images.image(at: index) }

  /// Some of the images as a model reads them, changed by chance if `augmentation` changes anything.
  func batch(
    _ indices: some Collection<Int32>, _ augmentation: Augmentation? = nil,
    random: (Int) -> Random = { Random(seed: UInt64($0), stream: 0) }
  ) -> (source: Source, classes: [Int32]) {
    var numbers: [Float] = []
    numbers.reserveCapacity(indices.count * preparation.shape.count)
    for index in indices {
      numbers += images.numbers(at: Int(index), augmentation) { random(Int(index)) }
    }
    return (.images(numbers, preparation.shape), indices.map { classes[Int($0)] })
  }
}

/// The images of a part of the data, those of files that examples name and those of arrays, read and brought to one
/// size.
struct ImageFiles: Sendable {
  /// The size.
  let shape: ImageShape
  /// All pixels, `[N·H·W·C]`.
  let bytes: [UInt8]

  /// Bytes that all images of a part may take.
  private static let most = 1 << 33

  /// Reads the images of a list; a size that nobody states is the first image's.
  init(_ list: ExampleList, _ configuration: ImageDataConfiguration) throws {
    var shape: ImageShape?
    var bytes: [UInt8] = []
    try list.forEachImage(configuration) { image in
      let wanted =
        shape
        ?? ImageShape(
          height: configuration.height ?? image.height,
          width: configuration.width ?? image.width,
          channels: configuration.channels ?? image.channels)
      if shape == nil {
        let (total, overflow) = wanted.count.multipliedReportingOverflow(by: list.corpus.count)
        guard !overflow, total <= Self.most else {
          throw ClassificationError.manyPixels(
            images: list.corpus.count, height: wanted.height, width: wanted.width)
        }
        bytes.reserveCapacity(total)
        shape = wanted
      }
      bytes += ImagePreparation.fitted(image, to: wanted, configuration.fit).bytes
    }
    self.shape = shape ?? ImageShape(height: 1, width: 1, channels: 1)
    self.bytes = bytes
  }

  /// What the configuration states of mean and deviation, and what these images have of the rest.
  func normalization(_ configuration: ImageDataConfiguration) -> Normalization {
    var meter = NormalizationMeter(channels: shape.channels)
    for start in stride(from: 0, to: bytes.count, by: shape.count) {
      meter.add(
        Image(
          height: shape.height, width: shape.width, channels: shape.channels,
          bytes: Array(bytes[start..<(start + shape.count)])))
    }
    let found = meter.normalization
    func stated(_ values: [Double]) -> [Float]? {
      values.count == shape.channels ? values.map { Float($0) } : nil
    }
    return Normalization(
      mean: stated(configuration.mean) ?? found.mean,
      deviation: stated(configuration.deviation) ?? found.deviation)
  }
}

extension ExampleList {
  /// Passes all images on, one after the other, or those with some numbers.
  func forEachImage(
    _ configuration: ImageDataConfiguration, of chosen: Set<Int>? = nil,
    _ body: (Image) throws -> Void
  ) throws {
    for part in parts {
      let stack = try part.arrays.map { try ImageStack($0) }
      if let stack { try Self.require(stack.count, part, part.arrays?.path ?? "", array: "images") }
      for index in part.examples where chosen?.contains(index) ?? true {
        if let stack {
          try body(stack.image(at: index - part.examples.lowerBound))
          continue
        }
        let image: Image
        do {
          image = try Image(
            path: configuration.path(of: ClassLabels.name(corpus[index].source)))
        } catch {
          throw ClassificationError.image(place: corpus.place(of: index), reason: "\(error)")
        }
        try body(image)
      }
    }
  }
}
