import DragomanPages
import Testing

@testable import DragomanReporting

@Suite struct `Changes of a text` {
  @Test func `are found word by word`() {
    #expect(
      TextChanges.between("the cat sat down", "a cat sat up there")
        == [.removed("the"), .added("a"), .kept("cat sat"), .removed("down"), .added("up there")])
    #expect(TextChanges.between("a b", "a b") == [.kept("a b")])
    #expect(TextChanges.between("", "a b") == [.added("a b")])
    #expect(TextChanges.between("a b", "") == [.removed("a b")])
    #expect(TextChanges.between("", "").isEmpty)
  }

  @Test func `are found by characters where there are no spaces`() {
    #expect(
      TextChanges.between("私は犬", "私は猫")
        == [.kept("私は"), .removed("犬"), .added("猫")])
  }

  @Test func `are marked, and inert`() {
    #expect(
      TextChanges.html("a <b>", "a <i>").markup
        == "a <del dir=\"auto\">&lt;b&gt;</del> <ins>&lt;i&gt;</ins>")
  }

  @Test func `of endless texts are not looked for`() {
    let long = [String](repeating: "a", count: 600).joined(separator: " ")
    #expect(TextChanges.between(long, "a") == [.removed(long), .added("a")])
  }
}
