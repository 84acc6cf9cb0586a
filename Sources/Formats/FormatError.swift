/// Why a file could not be read or written: which file, which place, what was expected, what was found, what to
/// do.
public enum FormatError: Error, Equatable {
  /// A text is not what it should be at a place.
  case text(file: String, position: JSONPosition, expected: String, found: String)
  /// The operating system refused something.
  case system(file: String, wanted: String, reason: String, nearest: String?)
  /// The frame of a safetensors file is wrong.
  case framing(file: String, offset: Int, expected: String, found: String)
  /// An entry in the header of a safetensors file is wrong.
  case tensor(file: String, tensor: String, expected: String, found: String)
  /// The data of a safetensors file do not have the checksum they were written with.
  case checksum(file: String, expected: String, found: String)
}

extension FormatError: CustomStringConvertible {
  /// What is wrong, and what to do where there is something to do.
  public var description: String {
    switch self {
    case .text(let file, let position, let expected, let found):
      "\(file):\(position.line):\(position.column): expected \(expected), found \(found)"
    case .system(let file, let wanted, let reason, let nearest):
      "\(file): cannot \(wanted): \(reason)."
        + (nearest.map { " Did you mean '\($0)'?" } ?? "")
    case .framing(let file, let offset, let expected, let found):
      """
      \(file): byte \(offset): expected \(expected), found \(found). The file is not a whole safetensors \
      file; it may have been cut short or changed while being copied.
      """
    case .tensor(let file, let tensor, let expected, let found):
      "\(file): tensor '\(tensor)': expected \(expected), found \(found)."
    case .checksum(let file, let expected, let found):
      """
      \(file): the checksum of the data is \(found), but the file was written with \(expected). \
      It was changed or damaged; use another copy.
      """
    }
  }
}
