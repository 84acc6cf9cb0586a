package import DragomanSystem
import DragomanFormats

extension ModelFileError: DetailedError {
  /// The file, and what was expected and found.
  package var details: ErrorDetails {
    switch self {
    case .notAModel(let path):
      ErrorDetails(file: path, expected: "a model of Dragoman's", found: "another safetensors file")
    case .unsupportedVersion(let path, let found, let newest):
      ErrorDetails(
        file: path, expected: "a format of at most version \(newest)", found: "version \(found)",
        hint: "Update the program.")
    case .metadata(let path, _, let expected, let found),
      .otherTask(let path, let found, let expected):
      ErrorDetails(file: path, expected: expected, found: found)
    case .missingTensor(let path, let tensor):
      ErrorDetails(file: path, expected: "the tensor \(Excerpt.quoted(tensor))", found: "none")
    case .wrongTensor(let path, _, let expected, let found):
      ErrorDetails(file: path, expected: expected, found: found)
    case .notFinite(let path, let tensor, let element, let found):
      ErrorDetails(
        file: path, expected: "finite numbers in the tensor \(Excerpt.quoted(tensor))",
        found: "\(found) at element \(element)")
    case .unknownTensor(let path, let tensor, let nearest):
      ErrorDetails(
        file: path, found: "the tensor \(Excerpt.quoted(tensor))",
        hint: nearest.map { "Did you mean \(Excerpt.quoted($0))?" })
    case .unreadable(let path, let reason): ErrorDetails(file: path, found: reason)
    }
  }
}
