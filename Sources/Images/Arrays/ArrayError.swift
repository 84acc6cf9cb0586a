import DragomanFormats

/// What is wrong with an array of a file: which, what was expected, what was found, what to do.
package struct ArrayError: Error, Equatable, CustomStringConvertible {
  /// The file.
  package let file: String
  /// The array's name in the file; `nil` of the only one of an NPY file.
  package let array: String?
  /// What was expected.
  package let expected: String
  /// What was found.
  package let found: String
  /// What to do.
  package let remedy: String

  /// An error.
  package init(
    file: String, array: String?, expected: String, found: String, remedy: String
  ) {
    (self.file, self.array) = (file, array)
    (self.expected, self.found, self.remedy) = (expected, found, remedy)
  }

  /// The error in words.
  package var description: String {
    "\(file)\(array.map { ": array \(Excerpt.quoted($0))" } ?? ""): expected \(expected), found \(found). \(remedy)"
  }
}
