import DragomanFormats
import DragomanSystem

/// What has to be true whatever is read.
public enum Promise {
  /// Ends the program, which libFuzzer counts as a finding.
  public static func keep(_ isKept: Bool, _ what: @autoclosure () -> String) {
    if !isKept { fatalError("broken: \(what())") }
  }

  /// Runs what may refuse its input, in words.
  public static func attempt(_ body: () throws -> Void) {
    do { try body() } catch { message("\(error)") }
  }

  /// A message does nothing to a terminal and is not endless.
  public static func message(_ text: String) {
    let shown = TerminalText.visible(text, atMost: TerminalText.longest)
    keep(!text.isEmpty, "an error without words")
    keep(
      shown.unicodeScalars.count <= 8 * TerminalText.longest,
      "a message of \(shown.utf8.count) bytes")
    for scalar in shown.unicodeScalars where scalar != "\n" && scalar != "\t" {
      keep(
        scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value),
        "a control character in \(shown.debugDescription)")
    }
  }
}
