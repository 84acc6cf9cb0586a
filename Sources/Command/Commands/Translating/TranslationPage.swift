import DragomanPages
import DragomanDecoding
import DragomanReporting
import DragomanTranslation

/// The page of `--html` while lines are being translated.
struct TranslationPage {
  /// Where it is.
  let path: String
  private let subtitle: String
  private var lines: [TracedTranslation] = []
  private var heads: [LineHeads] = []
  private var headRoom = HeadRoom()
  private var count = 0

  /// A page without lines; it will be written to `path`.
  init(path: String, subtitle: String) {
    self.path = path
    self.subtitle = subtitle
  }

  /// Lines that it can still take.
  var room: Int { AttentionPage.longest - lines.count }

  /// Takes the first of some lines, which are `count` together, and looks at the heads that found them.
  mutating func add(_ traced: [TracedTranslation], of count: Int, by translator: Translator) {
    lines += traced
    for line in traced { heads.append(headRoom.heads(of: line.translations[0], by: translator)) }
    self.count += count
  }

  /// Whether it is printed, which it can be only once, when it is whole.
  var isPrinted: Bool { path == Console.dash }

  /// Writes what there is so far to the file; the old one stays whole until the new one is.
  func write() throws {
    if !isPrinted { try page.write(to: path) }
  }

  /// Writes the whole page, and says where.
  func finish(_ console: Console) throws {
    try console.write(page, to: path)
    if !isPrinted { console.message("page: \(path)") }
  }

  private var page: Page {
    AttentionPage(lines, heads: heads, of: count, subtitle: subtitle).page
  }
}
