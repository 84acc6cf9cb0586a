import Testing

@testable import DragomanCommand

@Suite struct `Arguments as bytes` {
  @Test func `are text, or are refused by their place`() {
    let text = [Array("translate".utf8), Array("caf\u{E9}".utf8), []]
    #expect(RawArguments.problem(in: text) == nil)
    #expect(
      RawArguments.problem(in: [Array("translate".utf8), Array("caf".utf8) + [0xE9]]) == """
        argument 2, 'caf\u{FFFD}': byte 4 (0xE9) is not valid UTF-8. \
        Use a terminal in UTF-8, rename the file, or give the text by standard input.
        """)
  }

  @Test func `of this process are text`() { #expect(RawArguments.problem == nil) }
}
