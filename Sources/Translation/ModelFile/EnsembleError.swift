import DragomanFormats
import DragomanText

/// A model that cannot write together with another one.
public struct EnsembleError: Error, Equatable, CustomStringConvertible {
  /// The file of the model.
  public let path: String
  /// The file of the first model.
  public let first: String
  /// Which side differs, `source` or `target`.
  public let side: String
  /// What was found, and what was expected.
  public let difference: String

  /// What is wrong, and what to do.
  public var description: String {
    "\(path): its \(side) vocabulary is not that of \(first): \(difference); models that translate together must "
      + "be trained on the same data with the same tokenizer, as runs with other seeds or checkpoints of one run are"
  }

  /// Throws if the two do not share both vocabularies.
  static func check(
    _ file: ModelFile, _ path: String, against other: ModelFile, _ first: String
  ) throws(EnsembleError) {
    for (side, found, expected) in [
      ("source", file.source, other.source), ("target", file.target, other.target),
    ] {
      guard let difference = found.difference(from: expected) else { continue }
      throw EnsembleError(path: path, first: first, side: side, difference: difference)
    }
  }
}

extension TextCodec {
  /// What was found and expected where two tokenizers with their vocabularies differ; `nil` where they do not.
  func difference(from expected: TextCodec) -> String? {
    if self == expected { return nil }
    let (a, b) = (vocabulary.tokens, expected.vocabulary.tokens)
    if a.count != b.count { return "expected \(Words.count(b.count, "token")), found \(a.count)" }
    guard let place = a.indices.first(where: { a[$0] != b[$0] }) else {
      return "its tokenizer cuts otherwise"
    }
    return
      "expected \(Excerpt.quoted(b[place])) as token \(place), found \(Excerpt.quoted(a[place]))"
  }
}
