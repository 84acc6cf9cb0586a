import DragomanFormats
package import DragomanModels
package import DragomanText

/// What makes numbers of what a model reads.
package enum SourceReading: Sendable {
  /// Texts, by tokenizer and vocabulary.
  case texts(TextCodec)
  /// Images, by size, means and deviations.
  case images(ImagePreparation)
  /// Rows of features, by means and deviations.
  case features(FeaturePreparation)

  /// Makes numbers of texts; `nil` for images and features.
  package var codec: TextCodec? {
    switch self {
    case .texts(let codec): codec
    case .images, .features: nil
    }
  }

  /// What the model's sizes depend on.
  package var input: SourceShape {
    switch self {
    case .texts(let codec): .tokens(vocabulary: codec.vocabulary.count)
    case .images(let preparation): .images(preparation.shape)
    case .features(let preparation): .features(size: preparation.size)
    }
  }
}

// MARK: - In a file

extension SourceReading {
  /// What makes numbers of images, as a model's file tells it, for an encoder that reads them.
  init(
    images configuration: JSON, for encoder: EncoderConfiguration, _ file: SafetensorsReader
  ) throws {
    let images = try ImageDataConfiguration.read(
      configuration["data"]?["images"] ?? [:],
      file: "\(file.path)[\(ModelFileKey.configuration)]")
    guard let preparation = images.preparation else {
      throw ModelFileError.metadata(
        path: file.path, key: ModelFileKey.configuration,
        expected: "height, width, channels, mean and deviation in data.images", found: "not all")
    }
    if let problem = encoder.problem(reading: preparation.shape) {
      throw ModelFileError.metadata(
        path: file.path, key: ModelFileKey.configuration,
        expected: "a size of images that the encoder reads", found: problem)
    }
    self = .images(preparation)
  }

  /// What makes numbers of rows of features, as a model's file tells it, for an encoder that stands in the object
  /// `model` of the file's configuration.
  init(
    features configuration: JSON, for encoder: EncoderConfiguration, in model: String,
    _ file: SafetensorsReader
  ) throws {
    let features = try FeatureDataConfiguration.read(
      configuration["data"]?["features"] ?? [:],
      file: "\(file.path)[\(ModelFileKey.configuration)]")
    guard let preparation = features.preparation else {
      throw ModelFileError.metadata(
        path: file.path, key: ModelFileKey.configuration,
        expected: "a mean and a deviation of each column in data.features", found: "not all")
    }
    if let size = encoder.features?.size, size != preparation.size {
      throw ModelFileError.metadata(
        path: file.path, key: ModelFileKey.configuration,
        expected: "\(model).encoder.size \(preparation.size), the columns of data.features",
        found: "\(size)")
    }
    self = .features(preparation)
  }
}
