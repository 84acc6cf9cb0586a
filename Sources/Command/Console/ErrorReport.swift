import DragomanFormats
import DragomanSystem

/// An error as programs read it, on one line of standard error.
///
///     {"error":{"message":"…","file":"a.tsv","line":3,"expected":"…","found":"…","hint":"…","exitCode":1}}
struct ErrorReport {
  /// What went wrong.
  let error: any Error
  /// How the program ends.
  let exitCode: ExitCode

  /// Whether somebody who types this wants errors for programs: `--json` before `--`.
  static func isWanted(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains("--\(SharedOptions.json.name)")
  }

  /// The object.
  var json: JSON {
    let details = (error as? any DetailedError)?.details ?? ErrorDetails()
    let parts = Self.json("\(error)", details)
    return ["error": parts.adding(["exitCode": .int(Int(exitCode.rawValue))])]
  }

  private static func json(_ message: String, _ details: ErrorDetails) -> JSON {
    func shown(_ text: String) -> JSON {
      .string(TerminalText.visible(text, atMost: TerminalText.longest))
    }
    func text(_ text: String?) -> JSON? { text.map(shown) }
    return [
      "message": shown(message), "file": text(details.file),
      "line": details.line.map { .int($0) }, "column": details.column.map { .int($0) },
      "expected": text(details.expected), "found": text(details.found),
      "hint": text(details.hint),
      "problems": details.problems.count < 2
        ? nil : .array(details.problems.map { json($0.message, $0.details) }),
    ]
  }
}
