package import DragomanTranslation

extension SavedModel {
  /// The model, of which a test knows that it translates.
  package var translation: ModelFile {
    switch self {
    case .translation(let file): file
    case .classification: preconditionFailure("a classifier in a test of translation")
    }
  }
}
