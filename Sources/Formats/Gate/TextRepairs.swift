/// What was wrong with the lines of a text that has to be read all the same, and what became of it.
package struct TextRepairs: Sendable, Equatable {
  /// The lines with one kind of flaw.
  private struct Finding: Sendable, Equatable {
    let line: Int
    let flaw: TextFlaw
    var count = 1
  }

  private var findings: [Finding] = []

  /// Nothing is wrong so far.
  package init() {}

  /// The text of a line; bytes that are not UTF-8, and NULs, become U+FFFD, and are counted.
  package mutating func text(_ line: TextGate.Line, number: Int) -> String {
    guard let flaw = line.flaw else { return String(decoding: line.bytes, as: UTF8.self) }
    if let known = findings.firstIndex(where: { $0.flaw.isAlike(flaw) }) {
      findings[known].count += 1
    } else {
      findings.append(Finding(line: number, flaw: flaw))
    }
    let text = String(decoding: line.bytes, as: UTF8.self)
    guard line.bytes.contains(0) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
  }

  /// What to tell of it, a line for each kind; `path` is what was read.
  package func notes(path: String) -> [String] {
    findings.map { finding in
      let others =
        finding.count == 1
        ? ""
        : ", and \(NumberText.grouped(finding.count - 1)) more line\(finding.count == 2 ? "" : "s") with such"
      return
        "\(path):\(finding.line): \(finding.flaw.words)\(others): \(finding.flaw.consequence). "
        + finding.flaw.remedy("it") + " --strict refuses such lines."
    }
  }
}

extension TextFlaw {
  fileprivate func isAlike(_ other: TextFlaw) -> Bool {
    switch (self, other) {
    case (.invalidUTF8, .invalidUTF8), (.nul, .nul), (.carriageReturn, .carriageReturn): true
    default: false
    }
  }

  /// What became of it.
  fileprivate var consequence: String {
    switch self {
    case .invalidUTF8, .nul: "replaced by U+FFFD"
    case .carriageReturn: "read as a space"
    }
  }
}
