package import DragomanSystem

extension FormatError: DetailedError {
  /// The file, the place where lines are counted, and what was expected and found.
  package var details: ErrorDetails {
    switch self {
    case .text(let file, let position, let expected, let found):
      ErrorDetails(
        file: file, line: position.line, column: position.column, expected: expected, found: found)
    case .bytes(let file, _, let expected, let found, let remedy):
      ErrorDetails(file: file, expected: expected, found: found, hint: remedy)
    case .tensor(let file, _, let expected, let found, let remedy):
      ErrorDetails(file: file, expected: expected, found: found, hint: remedy)
    case .metadata(let file, _, let expected, let found):
      ErrorDetails(file: file, expected: expected, found: found)
    case .checksum(let file, let expected, let found):
      ErrorDetails(
        file: file, expected: "the checksum \(expected)", found: found, hint: "Use another copy.")
    }
  }
}

extension ConfigurationError: DetailedError {
  /// The parts of the first problem, and all problems one by one.
  package var details: ErrorDetails {
    var details = problems.first?.details ?? ErrorDetails()
    details.problems = problems.map { ($0.description, $0.details) }
    return details
  }
}

extension ConfigurationProblem {
  fileprivate var details: ErrorDetails {
    var details = cause.details
    if case .file(let file, let position) = place {
      (details.file, details.line, details.column) = (file, position.line, position.column)
    }
    return details
  }
}

extension ConfigurationProblem.Cause {
  fileprivate var details: ErrorDetails {
    switch self {
    case .unknownKey(let key, let nearest, let known, _):
      ErrorDetails(
        expected: Words.choice(known), found: key, hint: nearest.map { "Did you mean \"\($0)\"?" })
    case .twice(let key): ErrorDetails(expected: key, hint: "Leave the earlier name out.")
    case .wrongType(let expected, let found), .wrongValue(let expected, let found):
      ErrorDetails(expected: expected, found: found)
    case .unknownOption(let options, let nearest, let found):
      ErrorDetails(
        expected: Words.choice(options), found: found,
        hint: nearest.map { "Did you mean \"\($0)\"?" })
    case .missing(let expected): ErrorDetails(expected: expected, found: "nothing")
    case .meaningless(let found, let other, let value, let needed):
      ErrorDetails(
        expected: "\(other) to be \(needed)", found: "\(found), and \(other) is \(value)",
        hint: "Remove the one or change the other.")
    case .conflict(let values, let reason, let remedies):
      ErrorDetails(expected: reason, found: values, hint: Words.choice(remedies))
    case .notAnObject(let found): ErrorDetails(expected: "an object", found: found)
    }
  }
}
