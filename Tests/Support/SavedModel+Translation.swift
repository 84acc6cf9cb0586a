package import DragomanTranslation

extension SavedModel {
  /// The model, of which a test knows that it translates.
  package var translation: ModelFile {
    switch self {
    case .translation(let file): file
    case .classification, .captioning:
      preconditionFailure("another model in a test of translation")
    }
  }
}
