import Testing

@testable import DragomanEvaluation

@Suite struct `Every tokenizer of BLEU` {
  @Test(arguments: BLEUTokenizer.allCases) func `gives sacreBLEU's words`(
    tokenizer: BLEUTokenizer
  ) throws {
    for example in try Golden.shared.get().tokenizations {
      let expected = try #require(example.tokens[tokenizer.rawValue])
      let found = tokenizer.words(of: Scalars(example.text).withoutTrailingSpace)
      #expect(found == expected.map { Scalars($0) }, "\(example.text.debugDescription)")
    }
  }
}
