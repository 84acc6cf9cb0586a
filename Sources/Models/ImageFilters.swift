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

extension Classifier {
  /// The windows of the first convolution, or those that make rows of patches; `nil` of a model that reads texts.
  package func filters(_ weights: Parameters) -> ImageFilters? {
    guard case .images(let image) = input else { return nil }
    let (name, side): (String, Int)
    switch configuration.encoder {
    case .recurrent, .transformer, .features: return nil
    case .vision(let encoder): (name, side) = ("encoder.patches.weight", encoder.patch)
    case .convolutional(let encoder):
      guard let stage = encoder.stages.first else { return nil }
      (name, side) = ("encoder.stage.0.convolution.weight", stage.kernel)
    }
    guard let matrix = weights[named: name] else { return nil }
    let (elements, count) = (matrix.elements, matrix.columns)
    return ImageFilters(
      name: name, side: side, channels: image.channels,
      weights: (0..<matrix.rows).map { Array(elements[($0 * count)..<(($0 + 1) * count)]) })
  }

  /// ρ of each patch, line by line; `nil` of a model without learnt positions of patches.
  package func patchPositions(_ weights: Parameters) -> [[Float]]? {
    guard case .vision = configuration.encoder, let grid = gridSize,
      let matrix = weights[named: "encoder.positions"]
    else { return nil }
    let (elements, count) = (matrix.elements, matrix.columns)
    // The row of the class, if there is one, comes first.
    let first = matrix.rows - grid.height * grid.width
    return (first..<matrix.rows).map { Array(elements[($0 * count)..<(($0 + 1) * count)]) }
  }
}
