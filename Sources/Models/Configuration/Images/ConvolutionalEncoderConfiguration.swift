package import DragomanFormats
import DragomanLayers

/// Convolutions: the object `encoder` of the kind `convolutional`.
package struct ConvolutionalEncoderConfiguration: Sendable, Equatable {
  /// One after the other.
  package var stages = [16, 32].map { channels in
    var stage = ConvolutionalStageConfiguration()
    (stage.channels, stage.pool) = (channels, .maximum)
    return stage
  }
  /// Whether each convolution is normalised over its batch.
  package var batchNormalization = true
  /// ε.
  package var epsilon = 1e-5
  /// The share of a batch in the running statistics.
  package var momentum = 0.1

  /// The default stages.
  package init() {}

  /// The batch normalisation, if there is one.
  var normalization: BatchNormalization.Settings? {
    batchNormalization ? .init(epsilon: epsilon, momentum: momentum) : nil
  }

  /// Channels that come out.
  package var width: Int { stages.last?.channels ?? 1 }

  /// What keeps it from reading images of a size; `nil` if nothing does.
  func problem(reading image: ImageShape) -> String? {
    var (height, width) = (image.height, image.width)
    for (index, stage) in stages.enumerated() {
      // Half of the window lies outside at the edges, so that only strides and pooling make images smaller.
      height = (height - 1) / stage.stride + 1
      width = (width - 1) / stage.stride + 1
      guard stage.pool != .none else { continue }
      guard height >= 2, width >= 2 else {
        return
          "\(image.height) × \(image.width) pixels, of which \(height) × \(width) are left where stage \(index) "
          + "would halve them"
      }
      (height, width) = (height / 2, width / 2)
    }
    return nil
  }

  /// The stages in words.
  var words: String {
    let extras =
      (stages.contains { $0.squeeze != nil } ? ["squeeze-and-excitation"] : [])
      + (stages.contains { $0.attentionBlock != .none } ? ["attention"] : [])
    let channels = stages.map { "\($0.channels)" }.joined(separator: ", ")
    return "convolutions of \(channels) channels"
      + (extras.isEmpty ? "" : " with \(Words.list(extras))")
  }
}

extension ConvolutionalEncoderConfiguration: Configuration {
  /// What the object is for.
  package static let about = "Convolutions read an image, stage after stage."
  /// The keys of the object.
  package static let fields: [ConfigurationField<ConvolutionalEncoderConfiguration>] = [
    .init(
      \.stages, "stages",
      .list(of: .object, atLeast: 1, from: ConvolutionalStageConfiguration()),
      defaultWords: "two stages of 16 and 32 channels, each with pool `maximum`",
      help: "The stages, one after the other."),
    .init(
      \.batchNormalization, "batchNormalization", .boolean,
      help: "Whether convolutions are normalised over their batch; otherwise they have biases."),
    .init(
      \.epsilon, "epsilon", .number(above: 0),
      when: .when(\.batchNormalization, "batchNormalization", is: true),
      help: "Added to the variance of a batch."),
    .init(
      \.momentum, "momentum", .number(above: 0, below: 1),
      when: .when(\.batchNormalization, "batchNormalization", is: true),
      help: "Share of a batch in the running mean and variance, which count once training is over."),
  ]

  /// Groups that do not divide what a stage reads, and ways past stages that change the size.
  package var conflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    for (index, (before, stage)) in zip(stages, stages.dropFirst()).enumerated() {
      let number = index + 1
      if !before.channels.isMultiple(of: stage.groups) {
        conflicts.append(
          ConfigurationConflict(
            ["stages"],
            because:
              "stage \(number) reads \(Words.count(before.channels, "channel")), which its \(stage.groups) groups do "
              + "not divide",
            remedies: ["set groups of stage \(number) to a divisor of \(before.channels)"]))
      }
      if stage.residual, stage.stride > 1 || before.channels != stage.channels {
        conflicts.append(
          ConfigurationConflict(
            ["stages"],
            because:
              "stage \(number) adds what it reads to what it makes, and the two have other sizes",
            remedies: [
              "set its channels to \(before.channels) and its stride to 1",
              "set its residual to false",
            ]))
      }
    }
    if let first = stages.first, first.residual || first.groups > 1 {
      conflicts.append(
        ConfigurationConflict(
          ["stages"], because: "stage 0 reads the channels of the image, which are few",
          remedies: ["leave residual and groups of stage 0 out"]))
    }
    if !batchNormalization, stages.contains(where: { $0.attentionBlock == .c2psa }) {
      conflicts.append(
        ConfigurationConflict(
          ["batchNormalization", "stages"], because: "c2psa is normalised over its batch",
          remedies: ["set batchNormalization to true"]))
    }
    return conflicts
  }
}
