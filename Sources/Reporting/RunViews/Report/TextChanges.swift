import DragomanPages

/// What one text has that another has not, word by word; character by character in texts without spaces.
enum TextChanges {
  /// A stretch of text.
  enum Piece: Equatable {
    /// In both.
    case kept(String)
    /// In the old text only.
    case removed(String)
    /// In the new text only.
    case added(String)
  }

  /// Words of a text beyond which it is taken as changed in whole; the comparison is quadratic.
  private static let limit = 500

  /// The way from the old text to the new: a longest common subsequence of words is kept.
  static func between(_ old: String, _ new: String) -> [Piece] {
    guard old != new else { return new.isEmpty ? [] : [.kept(new)] }
    let separator = old.contains(" ") || new.contains(" ") ? " " : ""
    func units(_ text: String) -> [String] {
      separator.isEmpty ? text.map(String.init) : text.split(separator: " ").map(String.init)
    }
    let (from, to) = (units(old), units(new))
    guard from.count <= limit, to.count <= limit else { return [.removed(old), .added(new)] }
    var pieces: [Piece] = []
    var kept: [String] = []
    var removed: [String] = []
    var added: [String] = []
    func flushChanges() {
      if !removed.isEmpty { pieces.append(.removed(removed.joined(separator: separator))) }
      if !added.isEmpty { pieces.append(.added(added.joined(separator: separator))) }
      (removed, added) = ([], [])
    }
    func flushKept() {
      if !kept.isEmpty { pieces.append(.kept(kept.joined(separator: separator))) }
      kept = []
    }
    let lengths = commonLengths(from, to)
    var (i, j) = (0, 0)
    while i < from.count || j < to.count {
      if i < from.count, j < to.count, from[i] == to[j] {
        flushChanges()
        kept.append(to[j])
        (i, j) = (i + 1, j + 1)
      } else if j == to.count || i < from.count && lengths[i + 1][j] >= lengths[i][j + 1] {
        flushKept()
        removed.append(from[i])
        i += 1
      } else {
        flushKept()
        added.append(to[j])
        j += 1
      }
    }
    flushChanges()
    flushKept()
    return pieces
  }

  /// Entry i, j: the length of a longest common subsequence of what follows from i and from j on.
  private static func commonLengths(_ from: [String], _ to: [String]) -> [[Int]] {
    var lengths = [[Int]](
      repeating: [Int](repeating: 0, count: to.count + 1), count: from.count + 1)
    for i in from.indices.reversed() {
      for j in to.indices.reversed() {
        lengths[i][j] =
          from[i] == to[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
      }
    }
    return lengths
  }

  /// The new text with what was added and removed marked.
  static func html(_ old: String, _ new: String) -> HTML {
    let separator: HTML = old.contains(" ") || new.contains(" ") ? " " : .nothing
    let pieces = between(old, new).map { piece in
      switch piece {
      case .kept(let text): HTML.text(text)
      // With a direction of its own, it has no part in finding that of the whole.
      case .removed(let text): HTML(.del, [.automaticDirection], .text(text))
      case .added(let text): HTML(.ins, .text(text))
      }
    }
    return .group(Array(pieces.map { [$0] }.joined(separator: [separator])))
  }
}
