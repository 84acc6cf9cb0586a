import DragomanLayers
package import DragomanTensor

/// The windows through which a model looks at an image first, as weights of pixels.
package struct ImageFilters: Sendable, Equatable {
  /// The parameter that holds them.
  package let name: String
  /// Pixels of each side of a window.
  package let side: Int
  /// Channels of the image.
  package let channels: Int
  /// The weights of each, `[side·side·channels]`: line by line, the channels of a pixel beside each other.
  package let weights: [[Float]]
}

extension ImageFilters {
  /// The windows of the first convolution, or those that make rows of patches; `nil` of an encoder that does not read
  /// images.
  package init?(_ encoder: EncoderConfiguration, of shape: SourceShape, _ weights: Parameters) {
    guard case .images(let image) = shape else { return nil }
    let (name, side): (String, Int)
    switch encoder {
    case .recurrent, .transformer, .features: return nil
    case .vision(let encoder): (name, side) = ("encoder.patches.weight", encoder.patch)
    case .convolutional(let encoder):
      guard let stage = encoder.stages.first else { return nil }
      (name, side) = ("encoder.stage.0.convolution.weight", stage.kernel)
    }
    guard let matrix = weights[named: name] else { return nil }
    let (elements, count) = (matrix.elements, matrix.columns)
    self.init(
      name: name, side: side, channels: image.channels,
      weights: (0..<matrix.rows).map { Array(elements[($0 * count)..<(($0 + 1) * count)]) })
  }
}

extension Classifier {
  /// The windows through which it looks at images first; `nil` of a model that reads something else.
  package func filters(_ weights: Parameters) -> ImageFilters? {
    ImageFilters(configuration.encoder, of: input, weights)
  }
}

extension SequenceModel {
  /// The windows through which it looks at images first; `nil` of a model that reads something else.
  package func filters(_ weights: Parameters) -> ImageFilters? {
    ImageFilters(configuration.encoder, of: reading, weights)
  }
}

extension Encoder {
  /// ρ of each patch, line by line; `nil` of an encoder without learnt positions of patches.
  package func patchPositions(_ weights: Parameters) -> [[Float]]? {
    guard case .vision = self, let grid = gridSize,
      let matrix = weights[named: "encoder.positions"]
    else { return nil }
    let (elements, count) = (matrix.elements, matrix.columns)
    // The row of the class, if there is one, comes first.
    let first = matrix.rows - grid.height * grid.width
    return (first..<matrix.rows).map { Array(elements[($0 * count)..<(($0 + 1) * count)]) }
  }
}
