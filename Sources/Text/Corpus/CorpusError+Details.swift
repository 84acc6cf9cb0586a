package import DragomanSystem
import DragomanFormats

extension CorpusError: DetailedError {
  /// The file, the line, and what was expected and found where that is not in the message alone.
  package var details: ErrorDetails {
    switch self {
    case .unreadable(let error): error.details
    case .damaged(let error): error.details
    case .foreign(let path, let kind, let remedy):
      ErrorDetails(file: path, expected: "text in UTF-8", found: kind, hint: remedy)
    case .otherFormat(let path, let kind, let remedy):
      ErrorDetails(file: path, found: kind, hint: remedy)
    case .invalidUTF8(let path, let line, _, let found):
      ErrorDetails(
        file: path, line: line, expected: "UTF-8",
        found: "the byte 0x\(NumberText.hexadecimal(UInt64(found), digits: 2))")
    case .nul(let path, let line, _):
      ErrorDetails(file: path, line: line, expected: "text", found: "a NUL byte")
    case .carriageReturn(let path, let line, let byte):
      TextError.flaw(path: path, line: line, .carriageReturn(byte: byte)).details
    case .text(let error): error.details
    case .missingColumn(let path, let line, let column, let found):
      ErrorDetails(
        file: path, line: line, expected: "column \(column)",
        found: Words.count(found, "column"),
        hint: "data.columns says which two columns to read.")
    case .invalidJSON(let path, let line, let column, let problem):
      ErrorDetails(
        file: path, line: line, column: column, expected: "a JSON object", found: problem)
    case .missingKey(let path, let line, let expected, let found):
      ErrorDetails(
        file: path, line: line, expected: expected, found: found.joined(separator: ", "),
        hint: "data.languages names the two keys to read.")
    case .notAString(let path, let line, let column, let key, let found):
      ErrorDetails(
        file: path, line: line, column: column, expected: "\"\(key)\" to be a string", found: found)
    case .unequalLines(let source, let sourceLines, let target, let targetLines):
      ErrorDetails(
        file: target, expected: "\(sourceLines) lines, as \(source) has", found: "\(targetLines)")
    case .malformed(let path, let line, let column, let problem):
      ErrorDetails(file: path, line: line, column: column, found: problem)
    case .arrays(let path):
      ErrorDetails(
        file: path, expected: "text", found: "the name of a file of arrays",
        hint: "Only models of images or features read such files; name a file of text for this one."
      )
    case .missingLanguage(let path, let expected, let found):
      ErrorDetails(
        file: path, expected: expected.joined(separator: " and "),
        found: found.joined(separator: ", "),
        hint: "data.languages names the two languages to read.")
    }
  }
}
