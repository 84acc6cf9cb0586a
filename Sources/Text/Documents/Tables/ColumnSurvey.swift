import DragomanFormats

/// What the columns of a table hold, by its first rows, and how many columns its lines have.
package struct ColumnSurvey: Sendable, Equatable {
  /// What nearly all cells of a column are.
  package enum Content: String, Sendable {
    /// Words.
    case text
    /// Numbers.
    case numbers
    /// Codes such as `m-12` or `menu.open`.
    case codes
    /// The same in every row.
    case constant = "one value"
    /// Nothing.
    case empty = "nothing"
  }

  /// How many rows are looked at closely.
  static let rowLimit = 1000

  /// The first row, which may name the columns.
  private var first: [String] = []
  private var columns: [Column] = []
  /// How many rows were looked at.
  package private(set) var rows = 0
  /// Lines by the number of their columns.
  private var widths: [Int: CorpusFinding] = [:]
  /// Different numbers of columns that are told apart.
  private static let widthLimit = 32

  /// Counts a line by its columns.
  mutating func count(columns: Int, _ place: @autoclosure () -> String) {
    let width = widths.count < Self.widthLimit || widths[columns] != nil ? columns : -1
    widths[width, default: CorpusFinding()].add(
      place(), excerpt: Words.count(columns, "column"))
  }

  /// Whether another row is looked at.
  var isOpen: Bool { rows < Self.rowLimit }

  /// Looks at a row.
  mutating func add(_ cells: [ArraySlice<UInt8>]) {
    guard isOpen else { return }
    let texts = cells.map { String(decoding: $0, as: UTF8.self) }
    if rows == 0 {
      first = texts
    } else {
      while columns.count < min(texts.count, 100) { columns.append(Column(missing: rows - 1)) }
      for (index, text) in texts.prefix(columns.count).enumerated() { columns[index].add(text) }
      for index in columns.indices.dropFirst(texts.count) { columns[index].add("") }
    }
    rows += 1
  }

  /// Lines with another number of columns than most; of two equally frequent ones the smaller counts as usual.
  var uneven: CorpusFinding? {
    guard widths.count > 1 else { return nil }
    let usual = widths.filter { $0.key >= 0 }.max {
      ($0.value.count, $1.key) < ($1.value.count, $0.key)
    }?.key
    var all = CorpusFinding()
    for width in widths.keys.sorted() where width != usual { widths[width].map { all.add($0) } }
    return all
  }

  /// What each column holds; empty for a table of a single row.
  package var contents: [Content] { columns.map { $0.content(rows: rows) } }

  /// What the columns hold, for a message: `column 1 numbers ('1000'), 2 text ('I am tired.')`.
  package var description: String {
    let columns = contents.prefix(12).enumerated().map { index, content in
      let sample = String((self.columns[index].sample ?? "").prefix(24))
      return "\(index + 1) \(content.rawValue)"
        + (content == .empty ? "" : " (\(Excerpt.quoted(sample)))")
    }
    return "column " + columns.joined(separator: ", ") + (contents.count > 12 ? ", …" : "")
  }
}

extension ColumnSurvey {
  /// What to do about columns that may not be those that are meant.
  package enum Verdict: Equatable, Sendable {
    /// Both columns hold text, or there is nothing better.
    case fine
    /// A column holds no text, and these two do.
    case others(source: Int, target: Int)
    /// A column holds no text, and there are too many or too few others to know which is meant.
    case unclear
  }

  /// Whether the two columns that are read, counted from 1, are likely to be those of the sentences.
  package func verdict(source: Int, target: Int) -> Verdict {
    let contents = contents
    guard rows > 2, max(source, target) <= contents.count else { return .fine }
    let texts = contents.indices.filter { contents[$0] == .text }.map { $0 + 1 }
    guard [source, target].contains(where: { contents[$0 - 1] != .text }),
      texts.contains(where: { $0 != source && $0 != target })
    else { return .fine }
    if let named = HeaderRow.sides(of: first, among: texts) {
      return .others(source: named.source, target: named.target)
    }
    return texts.count == 2 ? .others(source: texts[0], target: texts[1]) : .unclear
  }

  /// The cells of a column, added up.
  private struct Column: Equatable, Sendable {
    private var kinds: [CellKind: Int] = [:]
    private(set) var sample: String?
    private var isConstant = true
    private var count = 0

    /// A column that earlier rows did not have.
    init(missing: Int) {
      if missing > 0 { kinds[.empty] = missing }
      count = missing
    }

    mutating func add(_ text: String) {
      let kind = CellKind(text)
      kinds[kind, default: 0] += 1
      count += 1
      guard kind != .empty else { return }
      if let sample { isConstant = isConstant && sample == text }
      if sample == nil { sample = text }
    }

    func content(rows: Int) -> ColumnSurvey.Content {
      let filled = count - kinds[.empty, default: 0]
      guard 20 * filled > count else { return .empty }
      if isConstant, filled > 2 { return .constant }
      for (kind, content) in [(CellKind.numbers, Content.numbers), (.codes, .codes)]
      where 20 * kinds[kind, default: 0] >= 19 * filled {
        return content
      }
      return .text
    }
  }
}

/// What a cell of a table is.
private enum CellKind: Sendable {
  case text, numbers, codes, empty

  init(_ text: String) {
    var (digits, letters, joints, hasOther) = (0, 0, 0, false)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": digits += 1
      case "a"..."z", "A"..."Z": letters += 1
      case ".", "-", "_", "/", ":", "#", "+", ",", "%": joints += 1
      default: hasOther = true
      }
    }
    if text.isEmpty || hasOther && text.allSatisfy(\.isWhitespace) {
      self = .empty
    } else if hasOther {
      self = .text
    } else if letters == 0 {
      self = digits > 0 ? .numbers : .text
    } else {
      // A word may end in a point, and be made of two.
      let inner = text.dropFirst().dropLast()
      let isCode = digits > 0 || inner.contains { "._/:#".contains($0) }
      self = isCode ? .codes : .text
    }
  }
}
