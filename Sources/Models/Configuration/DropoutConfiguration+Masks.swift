import DragomanLayers

extension DropoutConfiguration {
  /// The dropout of this chance beside the parameters of this path.
  func mask(_ probability: Double, _ path: String) -> Dropout {
    Dropout(probability: probability, path: path, isVariational: variational)
  }
}
