/// `dragoman manual`: everything the help tells, as a manual page.
enum ManualCommand {
  /// What the command line may say.
  static let definition = CommandDefinition(
    "manual", "Print the manual page, for man.",
    discussion: """
      The page is made from the same definitions as the help.

      Examples:
        dragoman manual | man -l -
        dragoman manual > ~/.local/share/man/man1/dragoman.1
      """
  ) { _, console in
    try console.write(ManualPage(commands: Program.commands, version: Program.version).text)
    return .success
  }
}
