/// The parts of an error, for programs: what is not known is `nil`.
package struct ErrorDetails: Sendable, Equatable {
  /// The file that is wrong.
  package var file: String?
  /// The line in it, from 1.
  package var line: Int?
  /// The column in that line, from 1, in Unicode scalars.
  package var column: Int?
  /// What should have been there.
  package var expected: String?
  /// What was there.
  package var found: String?
  /// What can be done.
  package var hint: String?
  /// What is wrong one by one, where an error is several.
  package var problems: [(message: String, details: ErrorDetails)] = []

  /// The parts that are known.
  package init(
    file: String? = nil, line: Int? = nil, column: Int? = nil, expected: String? = nil,
    found: String? = nil, hint: String? = nil
  ) {
    (self.file, self.line, self.column) = (file, line, column)
    (self.expected, self.found, self.hint) = (expected, found, hint)
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.file == b.file && a.line == b.line && a.column == b.column && a.expected == b.expected
      && a.found == b.found && a.hint == b.hint
      && a.problems.map(\.message) == b.problems.map(\.message)
      && a.problems.map(\.details) == b.problems.map(\.details)
  }
}

/// An error that knows its parts; its description says all of them in words.
package protocol DetailedError: Error {
  /// The parts.
  var details: ErrorDetails { get }
}

extension FileError: DetailedError {
  /// The file, and what may help.
  package var details: ErrorDetails { ErrorDetails(file: file, found: reason, hint: remedy) }
}
