/// The links of a line's alignment as files have them: `0-0 2p1`, source and target word counted from 0.
///
/// A link with `-` is sure. One with `p` or `?` is possible: people who align by hand give it where a word has no exact
/// counterpart, and a program is not blamed for it, whether it finds it or not.
package struct WordLinks: Sendable, Equatable {
  /// A word of the source and one of the target.
  package struct Link: Sendable, Hashable {
    /// The source word.
    package let source: Int
    /// The target word.
    package let target: Int
  }

  /// The sure links.
  package let sure: Set<Link>
  /// The sure and the possible ones.
  package let possible: Set<Link>

  /// Reads a line; `nil` if a part between spaces is not a link.
  package init?(_ line: String) {
    var (sure, possible): (Set<Link>, Set<Link>) = ([], [])
    for part in line.split(whereSeparator: \.isWhitespace) {
      guard let mark = part.firstIndex(where: { "-p?".contains($0) }),
        let source = Self.number(part[..<mark]),
        let target = Self.number(part[part.index(after: mark)...])
      else { return nil }
      let link = Link(source: source, target: target)
      if part[mark] == "-" { sure.insert(link) }
      possible.insert(link)
    }
    (self.sure, self.possible) = (sure, possible)
  }

  /// The number that a text of digits alone is.
  private static func number(_ digits: Substring) -> Int? {
    digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
  }
}
