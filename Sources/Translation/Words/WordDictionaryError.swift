/// A line of a dictionary that is not an entry.
public struct WordDictionaryError: Error, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// What was found.
  public let found: String

  /// What is wrong, and what to do.
  public var description: String {
    "\(path):\(line): expected a source word, a tab and what to write for it, found \(found)"
  }
}
