package import DragomanFormats
package import DragomanSystem

/// Why a corpus could not be read: which file, which line, what was expected there, what to do.
package enum CorpusError: Error, Equatable {
  /// The file cannot be opened or read.
  case unreadable(FileError)
  /// A compressed file is cut short or damaged, or becomes far too much.
  case damaged(FormatError)
  /// The file is compressed in a way that is not read, or text of another kind than UTF-8; `kind` says which.
  case foreign(path: String, kind: String, remedy: String)
  /// A file of another format than those that are read; `kind` says which.
  case otherFormat(path: String, kind: String, remedy: String)
  /// A byte that is no UTF-8; `byte` counts from 1 within the line.
  case invalidUTF8(path: String, line: Int, byte: Int, found: UInt8)
  /// A NUL byte, which no text has; `byte` counts from 1 within the line.
  case nul(path: String, line: Int, byte: Int)
  /// A carriage return within a line; `byte` counts from 1 within the line.
  case carriageReturn(path: String, line: Int, byte: Int)
  /// What else is wrong with a text.
  case text(TextError)
  /// A line with too few columns.
  case missingColumn(path: String, line: Int, column: Int, found: Int)
  /// A line that is not JSON.
  case invalidJSON(path: String, line: Int, column: Int, problem: String)
  /// A JSON object without a key that is needed.
  case missingKey(path: String, line: Int, expected: String, found: [String])
  /// A value in JSON that is not a string.
  case notAString(path: String, line: Int, column: Int, key: String, found: String)
  /// Two aligned files of different length.
  case unequalLines(source: String, sourceLines: Int, target: String, targetLines: Int)
  /// A TMX or PO file breaks the rules of its format; `column` counts Unicode scalars from 1.
  case malformed(path: String, line: Int, column: Int, problem: String)
  /// A file of arrays where text is read.
  case arrays(path: String)
  /// A TMX file that never has one of the two languages.
  case missingLanguage(path: String, expected: [String], found: [String])
}

extension CorpusError: CustomStringConvertible {
  /// One sentence on what is wrong and a second on what to do.
  package var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .damaged(let error): error.description
    case .foreign(let path, let kind, let remedy):
      "\(path): expected text in UTF-8, found \(kind). \(remedy)"
    case .otherFormat(let path, let kind, let remedy):
      "\(path): expected pairs of texts, found \(kind). \(remedy)"
    case .invalidUTF8(let path, let line, let byte, let found):
      TextError.flaw(path: path, line: line, .invalidUTF8(byte: byte, found: found)).description
    case .nul(let path, let line, let byte):
      TextError.flaw(path: path, line: line, .nul(byte: byte)).description
    case .carriageReturn(let path, let line, let byte):
      TextError.flaw(path: path, line: line, .carriageReturn(byte: byte)).description
    case .text(let error): error.description
    case .missingColumn(let path, let line, let column, let found):
      """
      \(path):\(line): column \(column) is missing; the line has \
      \(Words.count(found, "column")). \
      Columns stand between tabs, in CSV between commas; 'data.columns' says which two to read.
      """
    case .invalidJSON(let path, let line, let column, let problem):
      "\(path):\(line):\(column): \(problem) Each line has to be one JSON object."
    case .missingKey(let path, let line, let expected, let found):
      """
      \(path):\(line): expected \(expected), found \
      \(found.isEmpty ? "no key" : names(found)). \
      'data.languages' names the two keys to read.
      """
    case .notAString(let path, let line, let column, let key, let found):
      "\(path):\(line):\(column): \"\(key)\" has to be a string, not \(found)."
    case .unequalLines(let source, let sourceLines, let target, let targetLines):
      """
      \(source) has \(sourceLines) lines, but \(target) has \(targetLines). \
      Line n of one has to translate line n of the other; lines end with "\\n" alone.
      """
    case .arrays(let path):
      """
      \(path): expected text, found the name of a file of arrays. Only models of images or features read such files \
      (classifier.encoder, model.encoder); name a file of text for this one.
      """
    case .malformed(let path, let line, let column, let problem):
      "\(path):\(line):\(column): \(problem)"
    case .missingLanguage(let path, let expected, let found):
      """
      \(path): expected the languages \(expected.map { "\"\($0)\"" }.joined(separator: " and ")), found \
      \(found.isEmpty ? "none" : names(found)). \
      'data.languages' names the two languages to read.
      """
    }
  }
}

/// Names in quotation marks, cut if there are many.
private func names(_ found: [String]) -> String {
  let shown = found.prefix(12).map { Excerpt.quoted($0, mark: "\"") }.joined(separator: ", ")
  return found.count > 12 ? "\(shown) and \(found.count - 12) more" : shown
}
