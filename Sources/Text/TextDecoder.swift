/// Makes text of numbers one by one, as they come.
///
/// The parts joined are what ``TextCodec/decode(_:replacement:)`` makes of all numbers, and no part is taken back.
package struct TextDecoder: Sendable {
  private let codec: TextCodec
  private var detokenizer: Detokenizer

  /// A decoder before the first number.
  package init(_ codec: TextCodec) {
    self.codec = codec
    detokenizer = Detokenizer(codec.tokenizer)
  }

  /// The text that a number adds; none for begin and end, and for a token that only prepares what comes.
  package mutating func append(
    _ id: Int32, replacement: () -> String? = { nil }
  ) -> String {
    guard id != codec.vocabulary.begin, id != codec.vocabulary.end else { return "" }
    return detokenizer.append(codec.spelling(id, replacement: replacement))
  }

  /// The text that is left at the end.
  package mutating func finish() -> String { detokenizer.finish() }
}
