import DragomanFormats
import DragomanReporting

/// `dragoman inspect`: what is in a model file, or in any safetensors file.
enum InspectCommand {
  private static let tensors = OptionDefinition.flag(
    "tensors", "Show every tensor: shape, bytes, mean, deviation, range, norm, non-finite numbers.")
  private static let vocabulary = OptionDefinition.flag(
    "vocabulary", "Show every entry of the vocabularies.")
  private static let configuration = OptionDefinition.flag(
    "config", "Show the configuration of the run, everything filled in, as JSON.")
  private static let history = OptionDefinition.flag(
    "history", "Show every validation of the training.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "inspect", "Show what is in a model file.",
    operand: OperandDefinition(
      name: "FILE", count: 1...1, help: "A model file, or any other safetensors file."),
    options: [tensors, vocabulary, configuration, history, SharedOptions.json],
    discussion: """
      Without options: the architecture, the parameters by part, the vocabularies and the training in \
      short. A file that is no model of Dragoman's shows its tensors and metadata.
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let inspection = try Inspection(path: arguments.operands[0])
    if arguments.has(SharedOptions.json) {
      try console.print(inspection.json.serialized())
      return .success
    }
    var parts: Set<Inspection.Part> = []
    if arguments.has(tensors) { parts.insert(.tensors) }
    if arguments.has(vocabulary) { parts.insert(.vocabulary) }
    if arguments.has(configuration) { parts.insert(.configuration) }
    if arguments.has(history) { parts.insert(.history) }
    try console.write(inspection.text(parts.isEmpty ? [.summary] : parts))
    return .success
  }
}
