import Testing

@testable import DragomanEvaluation

@Suite struct `Text as scalars` {
  @Test func `knows the sigma at the end of a word`() {
    func lower(_ text: String) -> Scalars { Scalars(text).lowercased }
    #expect(lower("ΟΔΟΣ ΣΟΦΙΑΣ Σ ΣΑ'Σ.") == Scalars("οδος σοφιας σ σα'ς."))
    #expect(lower("İÀß") == Scalars("i\u{307}àß"))
  }

  @Test func `has words and white space as Python has`() {
    #expect(Scalars("a\u{1C}b\u{200B}c \u{85}").words == [Scalars("a"), Scalars("b\u{200B}c")])
    #expect(Scalars("a \u{1F}\u{3000}").withoutTrailingSpace == Scalars("a"))
    #expect(Scalars(" ").withoutTrailingSpace == [])
  }
}
