import Testing

@testable import DragomanText

@Suite struct `HTML entities` {
  private func decoded(_ text: String) -> String? {
    HTMLEntities.decoded(Array(text.utf8)[...]).map { String(decoding: $0.text, as: UTF8.self) }
  }

  @Test(arguments: [
    ("Tom &amp; Ann", "Tom & Ann"), ("&lt;b&gt;&quot;&apos;", "<b>\"'"), ("caf&eacute;", "café"),
    ("&#233;&#xE9;&#Xe9;", "ééé"), ("a&nbsp;b&hellip;&thetasym;&yuml;", "a\u{A0}b…ϑÿ"),
    ("&amp;lt;", "&lt;"), ("&&amp;&", "&&&"), ("&#128512;", "😀"),
  ]) func `become what they stand for, once`(text: String, expected: String) {
    #expect(decoded(text) == expected)
  }

  @Test(arguments: [
    "", "R&D", "&", "&;", "&amp", "&unknown;", "&#;", "&#x;", "&#+9;", "&#-9;", "&#0;", "&#7;",
    "&#127;",
    "&#xD800;", "&#99999999999;", "&AMP ;", "&a mp;", "AT&T; x",
  ]) func `are not what only looks like them`(text: String) {
    #expect(decoded(text) == nil)
  }
}
