package import DragomanFormats
import DragomanLayers
import DragomanTensor

/// One stage of a convolutional encoder: an element of `encoder.stages`.
package struct ConvolutionalStageConfiguration: Sendable, Equatable {
  /// Channels that come out.
  package var channels = 32
  /// The side of the window.
  package var kernel = 3
  /// Pixels from one place of the window to the next.
  package var stride = 1
  /// Blocks of channels that see each other only.
  package var groups = 1
  /// What bends.
  package var activation = StageActivation.relu
  /// r of squeeze-and-excitation; `nil` is none.
  package var squeeze: Int?
  /// Whether what the stage reads is added to what its convolution makes.
  package var residual = false
  /// Attention of the pixels to each other.
  package var attentionBlock = StageAttention.none
  /// The heads of that attention.
  package var heads = 1
  /// What follows.
  package var pool = StagePooling.none

  /// The default stage.
  package init() {}

  /// What bends a stage.
  package enum StageActivation: String, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// max(x, 0).
    case relu
    /// x Φ(x).
    case gelu
    /// x σ(x).
    case silu

    /// That of the layers.
    var activation: Activation? { Activation(rawValue: rawValue) }
  }

  /// Attention of pixels.
  package enum StageAttention: String, CaseIterable, Sendable {
    /// None.
    case none
    /// With the positions of the values, as YOLO11 has it.
    case values
    /// With the positions of what attention gives.
    case output
    /// On one half of the channels, between two convolutions.
    case c2psa
  }

  /// What makes images smaller after a stage.
  package enum StagePooling: String, CaseIterable, Sendable {
    /// Nothing.
    case none
    /// The greatest number of 2 × 2.
    case maximum
    /// The mean of 2 × 2.
    case average
  }
}

extension ConvolutionalStageConfiguration: Configuration {
  /// What the object is for.
  package static let about =
    "A stage: convolution, batch normalisation, activation, squeeze-and-excitation, a way past all that, attention, "
    + "pooling."
  /// The keys of the object.
  package static let fields: [ConfigurationField<ConvolutionalStageConfiguration>] = [
    .init(
      \.channels, "channels", .integer(atLeast: 1, atMost: 65_536), help: "Channels that come out."),
    .init(
      \.kernel, "kernel", .integer(atLeast: 1, atMost: 63),
      help: "Side of the window, an odd number; half of it lies outside at the edges."),
    .init(
      \.stride, "stride", .integer(atLeast: 1, atMost: 64),
      help: "Pixels from one place of the window to the next."),
    .init(
      \.groups, "groups", .integer(atLeast: 1, atMost: 65_536),
      help: "Blocks of channels that see each other only; as many as channels is a window for each."
    ),
    .init(\.activation, "activation", .choice, help: "What bends the channels."),
    .init(
      \.squeeze, "squeeze", .optional(.integer(atLeast: 1), null: "none", from: 16),
      help:
        "Squeeze-and-excitation (Hu et al. 2018): its hidden layer has so many times fewer numbers than there are "
        + "channels."
    ),
    .init(
      \.residual, "residual", .boolean,
      help:
        "Whether what the stage reads is added to what its convolution makes of it (He et al. 2016)."
    ),
    .init(
      \.attentionBlock, "attentionBlock", .choice,
      help:
        "Attention of pixels to each other, with a network for each and a way past both. `values`: positions of the "
        + "values, as YOLO11; `output`: positions of the result, and biases in place of normalisation; `c2psa`: on "
        + "one half of the channels."
    ),
    .init(
      \.heads, "heads", .integer(atLeast: 1, atMost: 1024),
      when: .when(\.attentionBlock, "attentionBlock", is: .values, .output),
      help: "Heads of that attention."),
    .init(
      \.pool, "pool", .choice,
      help:
        "What halves height and width after the stage: the `maximum` or the `average` of 2 × 2 pixels."
    ),
  ]

  /// Windows without a middle, and sizes that do not divide each other.
  package var conflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    if kernel.isMultiple(of: 2) {
      conflicts.append(
        ConfigurationConflict(
          ["kernel"], because: "a window of an even side has no middle",
          remedies: ["set kernel to \(kernel + 1)"]))
    }
    if !channels.isMultiple(of: groups) {
      conflicts.append(
        ConfigurationConflict(
          ["channels", "groups"], because: "each group has as many channels",
          remedies: ["set groups to a divisor of \(channels)"]))
    }
    let isHeaded = attentionBlock == .values || attentionBlock == .output
    if isHeaded,
      !channels.isMultiple(of: heads)
        || ConvolutionalAttentionShape.key(channels: channels, heads: heads, ratio: 0.5) == 0
    {
      conflicts.append(
        ConfigurationConflict(
          ["channels", "heads"], because: "each head sees channels / heads numbers, two at least",
          remedies: ["set heads to 1"]))
    }
    if attentionBlock == .c2psa, channels < 4 {
      conflicts.append(
        ConfigurationConflict(
          ["channels", "attentionBlock"], because: "half of the channels attend, two at least",
          remedies: ["set channels to 4"]))
    }
    return conflicts
  }
}
