import DragomanFormats
import DragomanTraining
import DragomanTranslation

/// `dragoman average`: one model from several checkpoints.
enum AverageCommand {
  private static let model = OptionDefinition.option(
    "model", "MODEL", isRepeated: true, "A model, in place of an operand.")
  private static let output = OptionDefinition.option(
    "output", "FILE", isRequired: true,
    "Where the averaged model is written; \"-\" is standard output.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "average", "Average the weights of several checkpoints into one model.",
    operand: OperandDefinition(
      name: "MODEL", count: 2...Int.max, sameAs: model,
      help:
        "Models of one run, or of runs that went on from the same model: files, or folders of runs."
    ),
    options: [model, output],
    discussion: """
      Configuration and vocabularies are those of the first file; files of another architecture or \
      with other vocabularies are refused. Of a last.safetensors the current weights are taken, \
      not their moving average. training.keep keeps the models of the last validations.

      Example:
        dragoman average runs/my/update-*.safetensors --output average.safetensors
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = arguments.text(output) ?? ""
    try ModelAverage.of(
      arguments.operands.map { try ModelPath.file(of: $0, console) }
    ).stored.write(to: path)
    if path != Console.dash { try console.print(path) }
    return .success
  }
}
