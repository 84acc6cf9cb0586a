import DragomanFormats
package import DragomanImages
package import DragomanLayers
package import DragomanModels
import DragomanSystem
import DragomanTensor
import DragomanText
package import DragomanTranslation

/// Small classifiers with random weights, for tests of what is done with classifiers.
package enum SmallClassifier {
  /// Names of classes, of which one would like to be markup.
  package static let labels = ["above", "<script>alert(1)</script>", "left of"]

  /// A classifier of texts; tokens are words.
  package static func texts(
    _ encoder: EncoderConfiguration.Kind = .recurrent,
    pooling: RowPoolingKind = .attention,
    changing change: (inout ClassifierConfiguration) -> Void = { _ in }
  ) -> TrainedClassifier {
    let codec = TextCodec.trained(
      on: ["a b c d e f g h", "the cat sat on the mat ."], kind: .word, vocabularySize: 60)
    var configuration = ClassifierConfiguration()
    (configuration.embedding, configuration.pooling) = (10, pooling)
    switch encoder {
    case .recurrent:
      var own = RecurrentEncoderConfiguration()
      (own.hidden, own.layers) = (7, 2)
      configuration.encoder = .recurrent(own)
    case .transformer:
      var own = TransformerEncoderConfiguration()
      (own.width, own.layers, own.heads, own.inner) = (12, 2, 3, 14)
      configuration.encoder = .transformer(own)
    case .vision, .convolutional, .features: preconditionFailure("\(encoder) reads no texts")
    }
    change(&configuration)
    return trained(configuration, .texts(codec))
  }

  /// A classifier of rows of three numbers, which it reads as they are if nothing else is said.
  package static func features(
    _ encoder: EncoderConfiguration? = nil, pooling: RowPoolingKind = .attention
  ) -> TrainedClassifier {
    var own = FeaturesEncoderConfiguration()
    own.size = 3
    var configuration = ClassifierConfiguration()
    configuration.encoder = encoder ?? .features(own)
    configuration.dropout = ClassifierDropout(0)
    if encoder != nil { (configuration.embedding, configuration.input) = (10, .features) }
    configuration.pooling = pooling
    return trained(
      configuration, .features(FeaturePreparation(mean: [0, 1, 2], deviation: [1, 2, 3])))
  }

  /// A classifier of images of 6 × 8 pixels.
  package static func images(
    _ encoder: EncoderConfiguration, pooling: RowPoolingKind = .attention,
    channels: Int = 3
  ) -> TrainedClassifier {
    var configuration = ClassifierConfiguration()
    (configuration.encoder, configuration.pooling) = (encoder, pooling)
    configuration.dropout = ClassifierDropout(0)
    let mean = [Float](repeating: 0.4, count: channels)
    return trained(
      configuration,
      .images(
        ImagePreparation(
          ImageShape(height: 6, width: 8, channels: channels), fit: .stretch,
          normalization: Normalization(mean: mean, deviation: mean))))
  }

  /// A vision transformer.
  package static func vision(
    _ normalization: NormalizationPlace = .before
  ) -> EncoderConfiguration {
    var own = VisionEncoderConfiguration()
    (own.patch, own.width, own.layers, own.heads, own.inner) = (2, 12, 2, 3, 14)
    own.normalization = normalization
    return .vision(own)
  }

  /// Convolutions with everything that a stage can have.
  package static func convolutional(
    batchNormalization: Bool = true
  ) -> EncoderConfiguration {
    var own = ConvolutionalEncoderConfiguration()
    own.batchNormalization = batchNormalization
    var stages = (0..<5).map { _ in ConvolutionalStageConfiguration() }
    for index in stages.indices { stages[index].channels = 8 }
    stages[0].activation = .silu
    stages[1].squeeze = 3
    (stages[1].residual, stages[1].groups) = (true, 2)
    (stages[2].attentionBlock, stages[2].heads) = (.output, 2)
    stages[2].pool = .maximum
    (stages[3].attentionBlock, stages[3].activation) = (.values, .none)
    stages[4].attentionBlock = batchNormalization ? .c2psa : .none
    (stages[4].kernel, stages[4].pool) = (1, .average)
    own.stages = stages
    return .convolutional(own)
  }

  private static func trained(
    _ configuration: ClassifierConfiguration, _ reading: SourceReading
  ) -> TrainedClassifier {
    let model = Classifier(configuration, input: reading.input, classes: labels.count)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: 7)
    // What begins as 0 says something as well.
    for entry in model.layout.entries where entry.shape.count == 1 {
      let matrix = weights[entry.handle]
      for column in 0..<matrix.columns where matrix[0, column] == 0 {
        matrix[0, column] = Float(column % 5 - 2) / 8
      }
    }
    return TrainedClassifier(model, weights, reading: reading, labels: labels)
  }

  /// A classifier as a file holds it.
  package static func file(_ model: TrainedClassifier) -> ClassifierFile {
    var members: [(String, JSON)] = [
      ("name", "small"), ("task", "classification"),
      ("classifier", model.model.configuration.json),
    ]
    switch model.reading {
    case .texts: break
    case .images(let preparation):
      members.append(("data", ["images": ImageDataConfiguration().settled(preparation).json]))
    case .features(let preparation):
      members.append(("data", ["features": FeatureDataConfiguration().settled(preparation).json]))
    }
    return ClassifierFile(
      model, configuration: .object(members),
      record: [
        "updates": 3, "epochs": 1, "pairs": 12, "targetTokens": 12,
        "validations": [["update": 3, "epoch": 1, "loss": 1.25]],
      ])
  }

  /// A picture of 6 × 8 pixels, no two alike.
  package static func image(channels: Int = 3) -> Image {
    let bytes = (0..<(48 * channels)).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 5) }
    return Image(height: 6, width: 8, channels: channels, bytes: bytes)
  }

  /// Writes that picture to a file.
  package static func write(_ image: Image, to path: String) throws {
    try AtomicFile.write(PNGWriter.bytes(of: image), to: path)
  }
}
