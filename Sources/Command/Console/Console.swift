import DragomanFormats

/// Where a command writes to and reads from, and what is known about the other end.
struct Console: Sendable {
  /// Takes a result; goes to standard output, at once.
  let write: @Sendable (String) throws -> Void
  /// Takes a piece of a message; goes to standard error.
  let note: @Sendable (String) -> Void
  /// Whether results may be coloured.
  let hasColour: Bool
  /// Whether messages appear on a screen, so that a line can be written over.
  let isInteractive: Bool
  /// Whether input comes from a keyboard.
  let isTyped: Bool
  /// The width of the screen that messages appear on.
  let width: Int
  /// The width of the screen that results appear on; 80 where they appear on none.
  var resultWidth = 80
  /// Whether results appear on a screen.
  var isScreen = false

  /// Writes a result and ends its line.
  func print(_ text: String) throws {
    try write(text + "\n")
  }

  /// Writes a result for programs on a line of its own, its numbers without the traces of binary arithmetic.
  func print(_ json: JSON) throws {
    try print(json.rounded.serialized())
  }

  /// Writes a message and ends its line; what a terminal would obey is shown instead.
  func message(_ text: String) {
    note(TerminalText.visible(text, atMost: TerminalText.longest) + "\n")
  }
}

/// Standard output could not be written.
struct OutputError: Error, CustomStringConvertible {
  /// The system's reason.
  let reason: String
  /// What happened.
  var description: String { "standard output: \(reason)" }
}
