import DragomanFormats
import DragomanTraining

/// `dragoman schema`: the description of configuration files, for editors and for people.
enum SchemaCommand {
  private static let markdown = OptionDefinition.flag(
    "markdown", "Print the documentation of all keys as Markdown instead.")

  private static let command = OptionDefinition.option(
    "command", "NAME", kind: .choice(OutputDefinition.all.map(\.name)),
    "Print the JSON Schema of what a command prints with --json: "
      + OutputDefinition.all.map(\.name).joined(separator: ", ")
      + "; \"error\" is what stands on standard error.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "schema", "Print the JSON Schema of configuration files, or of what a command prints.",
    options: [markdown, command],
    discussion: """
      configs/schema.json is what "dragoman schema" prints. A configuration that begins with \
      "$schema": "schema.json" is completed and checked by most editors while you type. docs/schemas has what \
      "dragoman schema --command NAME" prints; each line of a command's output is such a value.

      Examples:
        dragoman schema > configs/schema.json
        dragoman schema --command evaluate
      """
  ) { arguments, console in
    try arguments.refuse(markdown, with: command)
    if let name = arguments.text(command) {
      guard let output = OutputDefinition.all.first(where: { $0.name == name }) else {
        throw UsageError.invalidValue(
          command, found: name,
          expected: "one of " + OutputDefinition.all.map(\.name).joined(separator: ", "),
          command: arguments.command)
      }
      try console.write(output.document)
      return .success
    }
    try console.write(
      arguments.has(markdown) ? RunConfiguration.markdownDocument : RunConfiguration.schemaDocument)
    return .success
  }
}
