import DragomanLayers
package import DragomanModels
import DragomanTensor

/// The way through a vision transformer.
package struct VisionEncoderWalk: Sendable {
  /// Its choices.
  package let configuration: VisionEncoderConfiguration
  /// What the lowest layer reads: a row for the class, if there is one, then one for each patch.
  package let input: WalkInput
  /// The parts of each layer.
  package let layers: [[WalkPart]]
}

extension VisionEncoderWalk {
  /// What an encoder did with the only image of a batch.
  init(
    _ configuration: VisionEncoderConfiguration, _ trace: VisionEncoder.Trace, _ image: WalkImage,
    _ recorded: RecordedLayers
  ) {
    let patches = image.numbers.patches(of: configuration.patch)
    self.configuration = configuration
    input = .patches(recorded, pixels: image.hasClass ? [[]] + patches : patches)
    layers = WalkPart.layers("encoder", trace.stack, configuration.normalization, recorded)
  }
}
