import DragomanFormats
import DragomanImages
package import DragomanModels
import DragomanTensor
import DragomanText
package import DragomanTranslation

/// A small captioning model with random weights, for tests of what is done with such models.
package enum SmallCaptioner {
  /// The words that it writes.
  package static let captions = ["a red circle", "a blue square", "above left of"]

  /// A model that reads pictures of 6 × 8 pixels, as ``SmallClassifier/image(channels:)`` gives them, by convolutions
  /// to 3 × 4 regions if nothing else is said.
  package static func images(
    _ encoder: EncoderConfiguration? = nil, seed: UInt64 = 5,
    changing change: (inout ModelConfiguration) -> Void = { _ in }
  ) -> TrainedCaptioner {
    var convolutions = ConvolutionalEncoderConfiguration()
    convolutions.stages = [5, 6].map { channels in
      var stage = ConvolutionalStageConfiguration()
      (stage.channels, stage.activation) = (channels, .silu)
      return stage
    }
    convolutions.stages[0].pool = .maximum
    return model(
      encoder ?? .convolutional(convolutions),
      .images(
        ImagePreparation(
          ImageShape(height: 6, width: 8, channels: 3), fit: .stretch,
          normalization: Normalization(mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.25, 0.3]))),
      seed: seed, change)
  }

  /// A model that reads rows of three numbers, as they are if nothing else is said.
  package static func features(
    _ encoder: EncoderConfiguration? = nil, seed: UInt64 = 5
  ) -> TrainedCaptioner {
    var own = FeaturesEncoderConfiguration()
    own.size = 3
    return model(
      encoder ?? .features(own),
      .features(FeaturePreparation(mean: [0, 1, 2], deviation: [1, 2, 3])), seed: seed
    ) { _ in }
  }

  private static func model(
    _ encoder: EncoderConfiguration, _ reading: SourceReading, seed: UInt64,
    _ change: (inout ModelConfiguration) -> Void
  ) -> TrainedCaptioner {
    let codec = TextCodec.trained(on: captions, kind: .word, vocabularySize: 60)
    var configuration = ModelConfiguration()
    configuration.embedding = 7
    configuration.encoder = encoder
    var decoder = RecurrentDecoderConfiguration()
    (decoder.hidden, decoder.initialState) = (9, .mean)
    configuration.decoder = .recurrent(decoder)
    configuration.attention.size = 8
    configuration.attention.gate = true
    change(&configuration)
    let model = SequenceModel(
      configuration, reading: reading.input, targetVocabulary: codec.vocabulary.count)
    let weights = Parameters(layout: model.layout)
    weights.initialize(seed: seed)
    // Larger weights make a random model say more than one thing.
    for entry in model.layout.entries where entry.shape.count > 1 {
      Kernels(threads: 1).scale(weights[entry.handle], by: 3)
    }
    return TrainedCaptioner(model, weights, reading: reading, target: codec.of(.target))
  }

  /// The model as a file holds it.
  package static func file(_ model: TrainedCaptioner) -> CaptionerFile {
    var data: [(String, JSON)] = [("train", ["train.tsv"]), ("validation", ["validation.tsv"])]
    switch model.reading {
    case .images(let preparation):
      data.append(("images", ImageDataConfiguration().settled(preparation).json))
    case .features(let preparation):
      data.append(("features", FeatureDataConfiguration().settled(preparation).json))
    case .texts: break
    }
    return CaptionerFile(
      model,
      configuration: [
        "name": "small", "task": "captioning", "data": .object(data),
        "model": model.model.configuration.json, "decoding": ["maximumLength": 6],
      ],
      record: [
        "updates": 3, "epochs": 1, "pairs": 12, "targetTokens": 40,
        "validations": [["update": 3, "epoch": 1, "loss": 1.25]],
      ])
  }
}
