import DragomanPages

extension Console {
  /// What stands for standard output where a file is asked for.
  static let dash = "-"

  /// Writes a page to a file, or as the result where `path` is `-`.
  func write(_ page: Page, to path: String) throws {
    guard path == Self.dash else { return try page.write(to: path) }
    try write(String(decoding: page.bytes, as: UTF8.self))
  }

  /// Writes a page that is the whole result, and then where it is.
  func publish(_ page: Page, at path: String) throws {
    try write(page, to: path)
    if path != Self.dash { try print(path) }
  }

  /// The same console for a command that is asked to be quiet: notes go nowhere.
  func quiet(_ isQuiet: Bool) -> Console {
    guard isQuiet else { return self }
    return Console(
      write: write, note: { _ in }, hasColour: hasColour, isInteractive: isInteractive,
      isTyped: isTyped, width: width, resultWidth: resultWidth)
  }

  /// The same console that says nothing at all: another process speaks for this one.
  var silent: Console { withoutResults.quiet(true) }

  /// The same console whose results go nowhere: a page or a file takes their place.
  var withoutResults: Console {
    Console(
      write: { _ in }, note: note, hasColour: hasColour, isInteractive: isInteractive,
      isTyped: isTyped, width: width, resultWidth: resultWidth)
  }
}

extension ParsedArguments {
  /// Whether the value of an option for output is standard output; another option that prints there is then refused.
  func isDash(
    _ output: OptionDefinition, insteadOf others: OptionDefinition...
  ) throws(UsageError) -> Bool {
    guard text(output) == Console.dash else { return false }
    for other in others { try refuse(output, with: other) }
    return true
  }
}
