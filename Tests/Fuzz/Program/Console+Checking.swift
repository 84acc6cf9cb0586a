import DragomanFormats
import DragomanFuzzEntry

@testable import DragomanCommand

extension Console {
  /// Nobody's screen, to which no message may do anything.
  static let checking = Console(
    write: { _ in }, note: { Promise.message($0) }, hasColour: false, isInteractive: false,
    isTyped: false,
    width: 80)
}
