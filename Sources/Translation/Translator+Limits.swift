import DragomanFormats
import DragomanModels
import DragomanSystem
package import DragomanText

extension Translator {
  /// Numbers of attention over one pair that are a gigabyte.
  private static let mostAttention = 250_000_000

  /// Refuses lines of more tokens than ``Limits`` allow, before memory is taken for them.
  ///
  /// - Parameters:
  ///   - lines: what is to be read.
  ///   - first: the number of the first line, from 1; `nil` where there is only one.
  package func requireReadable(_ lines: [String], from first: Int?) throws(LineTooLong) {
    for (index, line) in lines.enumerated() {
      try model.source.requireReadable(line, at: first.map { $0 + index })
    }
  }

  /// Refuses pairs of which a side has more tokens than ``Limits`` allow, or whose attention would take more than a
  /// gigabyte.
  package func requireReadable(_ pairs: [SentencePair], from first: Int?) throws(LineTooLong) {
    for (index, pair) in pairs.enumerated() {
      let number = first.map { $0 + index }
      let source = try model.source.requireReadable(pair.source, at: number)
      let target = try model.target.requireReadable(pair.target, at: number)
      guard (source + 1) * (target + 1) > Self.mostAttention else { continue }
      throw LineTooLong(
        line: number, found: max(source, target),
        limit: Self.mostAttention / (min(source, target) + 1), isAttention: true)
    }
  }
}

extension TextCodec {
  /// The tokens of a line, or more where it is short; refuses one of more tokens than ``Limits`` allow.
  ///
  /// - Parameters:
  ///   - line: what is to be read.
  ///   - number: its number, from 1; `nil` where there is only one.
  @discardableResult
  package func requireReadable(_ line: String, at number: Int? = nil) throws(LineTooLong) -> Int {
    let limit = Limits.current.lineTokens
    // No token is shorter than a byte, but for marks of words, of which there are no more than bytes.
    guard line.utf8.count * 2 > limit else { return line.utf8.count * 2 }
    let found = encode(line).count
    guard found > limit else { return found }
    throw LineTooLong(line: number, found: found, limit: limit, isAttention: false)
  }
}

/// A line is longer than a model reads.
package struct LineTooLong: Error, Equatable, CustomStringConvertible {
  /// Its number, from 1; `nil` where there is only one.
  package let line: Int?
  /// Its tokens.
  package let found: Int
  /// The most that are read.
  package let limit: Int
  /// Whether the limit is that of what stands on its other side.
  package let isAttention: Bool

  /// What is wrong, and what to do.
  package var description: String {
    (line.map { "line \(NumberText.grouped($0)): " } ?? "")
      + "\(NumberText.grouped(found)) tokens, but at most \(NumberText.grouped(limit)) are read"
      + (isAttention
        ? " beside so long a translation, whose attention takes more than a gigabyte. Cut it into sentences."
        : ". Cut it into sentences, or raise the limit: DRAGOMAN_LINE_TOKENS=N in the environment.")
  }
}

/// What a model computes of a line, or of another example, is not a number.
package struct NoNumber: Error, Equatable, CustomStringConvertible {
  /// The example, such as `line 3`; `nil` where there is only one.
  package let place: String?

  /// A line, from 1; `nil` where there is only one.
  package init(line: Int?) { place = line.map { "line \(NumberText.grouped($0))" } }

  /// An example that has a name.
  package init(of name: String) { place = name }

  /// What is wrong, and what to do.
  package var description: String {
    (place.map { "\($0): " } ?? "")
      + "what the model computes is infinite or no number: its weights are too large, as after a training that "
      + "diverged. Take an earlier checkpoint; `dragoman inspect --tensors` shows the weights."
  }
}
