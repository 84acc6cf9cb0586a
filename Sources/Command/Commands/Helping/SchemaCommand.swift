import DragomanFormats
import DragomanTraining

/// `dragoman schema`: the description of configuration files, for editors and for people.
enum SchemaCommand {
  private static let markdown = OptionDefinition.flag(
    "markdown", "Print the documentation of all keys as Markdown instead.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "schema", "Print the JSON Schema of configuration files, for editors.",
    options: [markdown],
    discussion: """
      configs/schema.json is what "dragoman schema" prints. A configuration that begins with \
      "$schema": "schema.json" is completed and checked by most editors while you type.

      Example:
        dragoman schema > configs/schema.json
      """
  ) { arguments, console in
    try console.write(
      arguments.has(markdown) ? RunConfiguration.markdownDocument : RunConfiguration.schemaDocument)
    return .success
  }
}
