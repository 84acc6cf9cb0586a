package import DragomanSystem

/// What no line of a text has; `byte` counts from 1 within the line.
package enum TextFlaw: Sendable, Equatable {
  /// A byte that does not belong to UTF-8.
  case invalidUTF8(byte: Int, found: UInt8)
  /// A NUL.
  case nul(byte: Int)
  /// A carriage return within the line, with which old programs end one.
  case carriageReturn(byte: Int)

  /// The first flaw of a line.
  package init?(_ line: Span<UInt8>) {
    var isASCII = true
    var control: Int?
    for index in line.indices {
      let byte = line[index]
      if byte >= 0x80 {
        isASCII = false
      } else if byte == 0 || byte == 0x0D, control == nil {
        control = index
      }
    }
    let invalid = isASCII ? nil : UTF8Check.firstInvalid(in: line)
    if let invalid {
      self = .invalidUTF8(byte: invalid + 1, found: line[invalid])
    } else if let control {
      self = line[control] == 0 ? .nul(byte: control + 1) : .carriageReturn(byte: control + 1)
    } else {
      return nil
    }
  }

  /// What is wrong, to follow the place of the line.
  package var words: String {
    switch self {
    case .invalidUTF8(let byte, let found):
      "byte \(byte) of the line (0x\(NumberText.hexadecimal(UInt64(found), digits: 2).uppercased())) is not valid UTF-8"
    case .nul(let byte): "byte \(byte) of the line is NUL, which no text has"
    case .carriageReturn(let byte):
      "byte \(byte) of the line is a carriage return (CR) without a line feed, which ends no line"
    }
  }

  /// What to do, a sentence; `input` is what is converted, with its article.
  package func remedy(_ input: String) -> String {
    switch self {
    case .invalidUTF8: "Convert \(input), for example with 'iconv -f WINDOWS-1252 -t UTF-8'."
    case .nul: "Remove such bytes, for example with 'tr -d \"\\000\"'."
    case .carriageReturn: "If lines end so, convert \(input) with \"tr '\\r' '\\n'\"."
    }
  }
}

/// Text that cannot be read: which file or stream, which line, what is wrong, what to do.
package enum TextError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is something else than text in UTF-8.
  case foreign(path: String, ForeignText)
  /// A line has a flaw.
  case flaw(path: String, line: Int, TextFlaw)
  /// A line is longer than is read; in bytes.
  case longLine(path: String, line: Int, limit: Int)

  /// One sentence on what is wrong and a second on what to do.
  package var description: String {
    switch self {
    case .foreign(let path, let found):
      "\(path): expected text in UTF-8, found \(found.kind). \(found.remedy)"
    case .flaw(let path, let line, let flaw):
      "\(path):\(line): \(flaw.words). \(flaw.remedy(path == TextGate.standardInput ? "it" : "the file"))"
    case .longLine(let path, let line, let limit):
      """
      \(path):\(line): the line has more than \(NumberText.grouped(limit)) bytes. Put each sentence on a line of its \
      own; if such lines are meant, raise the limit: \(Self.key)=BYTES in the environment.
      """
    }
  }

  private static let key = "DRAGOMAN_LINE_BYTES"
}

extension TextError: DetailedError {
  /// The file, the line, and what was found there.
  package var details: ErrorDetails {
    switch self {
    case .foreign(let path, let found):
      ErrorDetails(file: path, expected: "text in UTF-8", found: found.kind, hint: found.remedy)
    case .flaw(let path, let line, let flaw):
      ErrorDetails(
        file: path, line: line, expected: "text in UTF-8", found: flaw.words,
        hint: flaw.remedy(path == TextGate.standardInput ? "it" : "the file"))
    case .longLine(let path, let line, let limit):
      ErrorDetails(
        file: path, line: line, expected: "a line of at most \(NumberText.grouped(limit)) bytes",
        hint: "Put each sentence on a line of its own, or raise \(Self.key) in the environment.")
    }
  }
}
