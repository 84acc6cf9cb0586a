/// Another way to write a source, as people type who are in a hurry.
package enum SourceVariant: String, CaseIterable, Sendable {
  /// All letters small.
  case lowercase
  /// Without the full stop, question mark or exclamation mark that ends it.
  case noFinalPunctuation
}

extension Collection<SourceVariant> {
  /// A line in these ways of writing; a line of which nothing would be left stays.
  func written(_ line: Span<UInt8>) -> [UInt8] {
    reduce([UInt8](copying: line)) { line, variant in
      switch variant {
      case .lowercase: Array(String(decoding: line, as: UTF8.self).lowercased().utf8)
      case .noFinalPunctuation: FinalPunctuation.removed(from: line)
      }
    }
  }
}

/// The marks that end a sentence.
enum FinalPunctuation {
  /// Full stops, question marks, exclamation marks and ellipses of common scripts.
  private static let marks: Set<Unicode.Scalar> = [
    ".", "?", "!", "…", "。", "！", "？", "．", "؟", "۔", "।", "॥", "՞", "։",
  ]

  /// A text without such marks at its end, and without white space before and after them.
  static func removed(from text: [UInt8]) -> [UInt8] {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    var rest = scalars[...]
    while let last = rest.last, marks.contains(last) || isWhiteSpace(last.value) {
      rest.removeLast()
    }
    return rest.isEmpty ? text : Array(String(rest).utf8)
  }
}
