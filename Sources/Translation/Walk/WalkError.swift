import DragomanFormats
import DragomanSystem

/// A sentence that cannot be walked through.
package enum WalkError: Error, Equatable, CustomStringConvertible {
  /// There is nothing to read.
  case noWords
  /// A side has too many tokens.
  case tooLong(side: String, tokens: Int)
  /// A file has several examples.
  case several(file: String, count: Int)
  /// A file has no example of that number.
  case noExample(file: String, index: Int, count: Int)
  /// An example of features has too many rows.
  case tooManyRows(file: String, rows: Int)
  /// What the model computes are not numbers.
  case noNumbers
  /// The target is not a class that the model knows.
  case unknownClass(name: String, nearest: String?, known: [String])

  /// What was expected, and what to do.
  package var description: String {
    switch self {
    case .several(let file, let count):
      "\(file): expected one example, found \(count); name one of them, as in "
        + Excerpt.quoted("\(Files.name(of: file))[0]")
    case .noExample(let file, let index, let count):
      "\(file): expected an example from 0 to \(count - 1), found \(index)"
    case .tooManyRows(let file, let rows):
      "\(file): expected at most \(Walk.longest) rows, found \(rows); explain a part of the example"
    case .noWords: "the phrase has no words: expected a text with at least one"
    case .tooLong(let side, let tokens):
      "the \(side) has \(tokens) tokens, its end included; expected at most \(Walk.longest): "
        + "explain a shorter sentence"
    case .unknownClass(let name, let nearest, let known):
      "--target is \(Excerpt.quoted(name)), but the model has no such class; "
        + (nearest.map { "did you mean \(Excerpt.quoted($0))?" }
          ?? "expected \(Words.choice(known.prefix(10).map { Excerpt.quoted($0) }))"
          + (known.count > 10 ? ", or one of \(known.count - 10) others" : ""))
    case .noNumbers:
      "the model has no most probable token or class, since what it computes is infinite or no number: "
        + "look at its tensors by 'dragoman inspect --tensors'"
    }
  }
}
