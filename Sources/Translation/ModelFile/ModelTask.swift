package import DragomanFormats
import DragomanSystem

/// What a model in a file does.
package enum ModelTask: String, CaseIterable, Sendable {
  /// Writes a text for each that it reads.
  case translation
  /// Gives each that it reads one of some classes.
  case classification
  /// Writes a text about an image, or about rows of features.
  case captioning

  /// The task that a file's metadata name; files of models that write name none.
  package init(of file: SafetensorsReader) throws(ModelFileError) {
    guard let name = file.metadata[ModelFileKey.task] else {
      self = .translation
      return
    }
    guard let task = ModelTask(rawValue: name) else {
      throw .metadata(
        path: file.path, key: ModelFileKey.task,
        expected: Words.choice(ModelTask.allCases.map { "\"\($0.rawValue)\"" }),
        found: Excerpt.quoted(name))
    }
    self = task
  }

  /// What is done with a model of this task, for an error's remedy.
  var commands: String {
    switch self {
    case .translation: "`dragoman translate`"
    case .classification: "`dragoman classify`"
    case .captioning: "`dragoman caption`"
    }
  }
}
