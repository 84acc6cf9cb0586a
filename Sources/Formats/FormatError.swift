/// What is wrong in a file: which file, which place, what was expected, what was found, what to do.
package enum FormatError: Error, Equatable {
  /// A text is not what it should be at a place.
  case text(file: String, position: JSONPosition, expected: String, found: String)
  /// Bytes of a file are not what they should be.
  case bytes(file: String, offset: Int, expected: String, found: String, remedy: String?)
  /// What the header of a safetensors file says of a tensor is wrong.
  case tensor(file: String, tensor: String, expected: String, found: String, remedy: String?)
  /// What the header of a safetensors file says beside the tensors is wrong; a `nil` key stands for all of it.
  case metadata(file: String, key: String?, expected: String, found: String)
  /// A safetensors file does not have the checksum it was written with.
  case checksum(file: String, expected: String, found: String)
}

extension FormatError: CustomStringConvertible {
  /// What is wrong, and what to do where there is something to do.
  package var description: String {
    switch self {
    case .text(let file, let position, let expected, let found):
      "\(file):\(position.line):\(position.column): expected \(expected), found \(found)"
    case .bytes(let file, let offset, let expected, let found, let remedy):
      "\(file): byte \(offset): expected \(expected), found \(found)." + Self.sentence(remedy)
    case .tensor(let file, let tensor, let expected, let found, let remedy):
      "\(file): tensor \(Excerpt.quoted(tensor)): expected \(expected), found \(found)."
        + Self.sentence(remedy)
    case .metadata(let file, let key, let expected, let found):
      "\(file): metadata\(key.map { " " + Excerpt.quoted($0) } ?? ""): expected \(expected), "
        + "found \(found)."
    case .checksum(let file, let expected, let found):
      """
      \(file): the checksum is \(found), but the file was written with \(expected). \
      It was changed or damaged; use another copy, or give it a new checksum as docs/checkpoints.md says.
      """
    }
  }

  private static func sentence(_ remedy: String?) -> String { remedy.map { " \($0)" } ?? "" }
}
