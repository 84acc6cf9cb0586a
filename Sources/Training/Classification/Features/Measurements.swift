import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

extension ImagePreparation {
  /// What is done to the images of a run, by what the configuration states and what the training images have of the
  /// rest; and these images.
  ///
  /// - Parameters:
  ///   - list: the training images.
  ///   - configuration: the run's.
  ///   - model: the object that has the encoder.
  static func measured(
    _ list: ExampleList, _ configuration: RunConfiguration, in model: String
  ) throws -> (preparation: ImagePreparation, files: ImageFiles) {
    let images = configuration.data.images
    let files = try ImageFiles(list, images)
    for (key, values) in [("mean", images.mean), ("deviation", images.deviation)]
    where !values.isEmpty && values.count != files.shape.channels {
      throw ClassificationError.otherChannels(
        key: key, found: values.count, channels: files.shape.channels)
    }
    if let problem = configuration.encoder.problem(reading: files.shape) {
      throw ClassificationError.imageSize(problem, encoder: "\(model).encoder")
    }
    return (
      ImagePreparation(
        files.shape, fit: images.fit, normalization: files.normalization(images)), files
    )
  }
}

extension FeaturePreparation {
  /// What is done to the features of a run, likewise; and where the rows of both parts are.
  ///
  /// All rows are looked at once, before training: they have to be finite, and their checksum tells them from others.
  static func measured(
    _ training: ExampleList, _ validating: ExampleList, _ configuration: RunConfiguration,
    in model: String, _ checksum: inout Checksum
  ) throws -> (
    preparation: FeaturePreparation, train: FeatureExamples, validation: FeatureExamples
  ) {
    let features = configuration.data.features
    let train = try FeatureExamples(training, features)
    if let stated = configuration.encoder.features?.size, stated != train.size {
      throw ClassificationError.otherRowSize(
        stated: stated, found: train.size, encoder: "\(model).encoder")
    }
    let validation = try FeatureExamples(
      validating, features, size: (train.size, "the training examples have them"))
    var meter = FeatureMeter(size: train.size)
    for index in 0..<train.count {
      let rows = try train.rows(at: index)
      meter.add(rows)
      checksum.add(floats: rows)
    }
    for index in 0..<validation.count {
      checksum.add(floats: try validation.rows(at: index))
    }
    var lengths = EncodedLines()
    for part in [train, validation] { lengths.append(part.lengths.map { Int32(clamping: $0) }) }
    checksum.add(lengths)
    return (try meter.preparation(features), train, validation)
  }
}
