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
  private var count = 0

  /// A page without lines; it will be written to `path`.
  init(path: String, subtitle: String) {
    self.path = path
    self.subtitle = subtitle
  }

  /// Lines that it can still take.
  var room: Int { AttentionPage.longest - lines.count }

  /// Takes the first of some lines, which are `count` together.
  mutating func add(_ traced: [TracedTranslation], of count: Int) {
    lines += traced
    self.count += count
  }

  /// Writes the file; the old one stays whole until the new one is.
  func write() throws {
    try AttentionPage(lines, of: count, subtitle: subtitle).page.write(to: path)
  }
}
