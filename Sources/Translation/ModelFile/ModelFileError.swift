import DragomanFormats
import DragomanSystem

/// Why a file is not a model that can be used: which file, what was expected, what was found.
public enum ModelFileError: Error, Equatable {
  /// A safetensors file of someone else's.
  case notAModel(path: String)
  /// A file of a later build.
  case unsupportedVersion(path: String, found: Int, newest: Int)
  /// An entry of the metadata is missing or wrong.
  case metadata(path: String, key: String, expected: String, found: String)
  /// The configuration asks for a tensor that the file does not have.
  case missingTensor(path: String, tensor: String)
  /// A tensor has another shape or type than the configuration asks for.
  case wrongTensor(path: String, tensor: String, expected: String, found: String)
  /// A tensor holds an infinite number, or none at all; the element is counted from 0.
  case notFinite(path: String, tensor: String, element: Int, found: String)
  /// The file has a tensor that the configuration does not ask for.
  case unknownTensor(path: String, tensor: String, nearest: String?)
  /// A model that does something else than what it was opened for.
  case otherTask(path: String, found: String, expected: String)
  /// The bytes are not those of a model: damaged, cut short, or made wrongly; the reason names file and place.
  case unreadable(path: String, reason: String)
}

extension ModelFileError {
  /// Gives what is read of a file, and every error in what the file says as one of this type.
  ///
  /// A ``FileError``, for a file that cannot be opened, stays one.
  static func reading<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error where error is ModelFileError || error is FileError {
      throw error
    } catch {
      throw ModelFileError.unreadable(path: path, reason: "\(error)")
    }
  }
}

extension ModelFileError {
  /// A model of one task where another was expected.
  static func otherTask(path: String, found: ModelTask, expected: ModelTask) -> Self {
    .otherTask(path: path, found: found.rawValue, expected: expected.rawValue)
  }

  /// What is done with a model of a task.
  private static func command(for task: String) -> String {
    ModelTask(rawValue: task)?.commands ?? "another command"
  }
}

extension ModelFileError: CustomStringConvertible {
  /// What is wrong, and what to do where there is something to do.
  public var description: String {
    switch self {
    case .notAModel(let path):
      """
      \(path): a safetensors file, but not a model of Dragoman's: its metadata have no \
      '\(ModelFileKey.format)'. `dragoman inspect` shows what is in it.
      """
    case .unsupportedVersion(let path, let found, let newest):
      "\(path): format version \(found), but this build reads up to \(newest). Update the program."
    case .metadata(let path, let key, let expected, let found):
      "\(path): metadata '\(key)': expected \(expected), found \(found)."
    case .missingTensor(let path, let tensor):
      "\(path): the tensor \(Excerpt.quoted(tensor)) is missing, which the configuration in the file asks for."
    case .wrongTensor(let path, let tensor, let expected, let found):
      """
      \(path): the tensor \(Excerpt.quoted(tensor)) is \(found), but the configuration and vocabularies in the file \
      ask for \(expected).
      """
    case .notFinite(let path, let tensor, let element, let found):
      """
      \(path): the tensor \(Excerpt.quoted(tensor)) is \(found) at element \(NumberText.grouped(element)); expected \
      finite numbers. Its training diverged, or the file was made wrongly; take an earlier checkpoint. `dragoman \
      inspect` shows it.
      """
    case .unknownTensor(let path, let tensor, let nearest):
      "\(path): the tensor \(Excerpt.quoted(tensor)) belongs to no part of the model."
        + (nearest.map { " Did you mean '\($0)'?" } ?? "")
    case .otherTask(let path, let found, let expected):
      "\(path): a model for \(found), but expected one for \(expected). Use \(Self.command(for: found)) with it."
    case .unreadable(_, let reason): reason
    }
  }
}
