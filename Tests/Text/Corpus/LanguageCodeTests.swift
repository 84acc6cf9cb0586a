import Testing

@testable import DragomanText

@Suite struct `Codes of languages` {
  @Test(arguments: [
    ("pt_BR", "pt", true), ("pt-BR", "PT_pt", true), ("sr@latin", "sr", true),
    ("uz@cyrillic", "uz_UZ", true), ("de", "nl", false), ("no", "nob", false),
  ])
  func `mean one language whatever country and script they name`(
    one: String, other: String, expected: Bool
  ) {
    #expect(LanguageCode.isSameLanguage(one, other) == expected)
    #expect(LanguageCode.isSameLanguage(other, one) == expected)
  }
}
