import DragomanFormats
import DragomanTraining
import DragomanTranslation

/// `dragoman average`: one model from several checkpoints.
enum AverageCommand {
  private static let output = OptionDefinition.option(
    "output", "FILE", isRequired: true, "Where the averaged model is written.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "average", "Average the weights of several checkpoints into one model.",
    operand: OperandDefinition(
      name: "FILE", count: 2...Int.max,
      help: "Model files of one run, or of runs that went on from the same model."),
    options: [output],
    discussion: """
      Configuration and vocabularies are those of the first file; files of another architecture or \
      with other vocabularies are refused. Of a last.safetensors the current weights are taken, \
      not their moving average. training.keep keeps the models of the last validations.

      Example:
        dragoman average runs/my/update-*.safetensors --output average.safetensors
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = arguments.text(output) ?? ""
    try ModelAverage.of(arguments.operands).stored.write(to: path)
    try console.print(path)
    return .success
  }
}
