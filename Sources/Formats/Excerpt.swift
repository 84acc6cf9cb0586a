/// Parts of foreign files as they may stand in a message: short, on one line, harmless to a terminal.
package enum Excerpt {
  /// At most so many scalars of a text are shown.
  private static let limit = 60

  /// A text between single quotes, without control characters, cut if it is long.
  package static func quoted(_ text: String, mark: String = "'") -> String {
    var shown = ""
    for (index, scalar) in text.unicodeScalars.prefix(limit + 1).enumerated() {
      if index == limit {
        shown += "…"
      } else {
        shown += isVisible(scalar) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return mark + shown + mark
  }

  /// A scalar as it is found where something else was expected.
  static func found(_ scalar: Unicode.Scalar) -> String {
    let code = "U+\(NumberText.hexadecimal(UInt64(scalar.value), digits: 4).uppercased())"
    if scalar.value < 0x20 || scalar.value == 0x7F {
      return "the control character 0x\(NumberText.hexadecimal(UInt64(scalar.value), digits: 2))"
    }
    if scalar.isASCII { return "'\(scalar)'" }
    return isVisible(scalar) ? "'\(scalar)' (\(code))" : code
  }

  /// Numbers in brackets, cut if there are many.
  static func list(_ numbers: [Int]) -> String {
    let shown = numbers.prefix(8).map(String.init).joined(separator: ", ")
    return numbers.count > 8 ? "[\(shown), … \(numbers.count) in all]" : "[\(shown)]"
  }

  /// Whether a scalar shows by itself and leaves those around it where they are.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
      .nonspacingMark, .enclosingMark, .surrogate:
      false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }
}
