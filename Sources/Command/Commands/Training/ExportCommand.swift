import DragomanFormats
import DragomanSystem
import DragomanTranslation

/// `dragoman export`: a model in a smaller file.
enum ExportCommand {
  private static let model = OptionDefinition.option(
    "model", "MODEL", "The model, in place of the operand.")
  private static let precision = OptionDefinition.option(
    "precision", "PRECISION", isRequired: true,
    kind: .choice(WeightPrecision.allCases.map(\.rawValue)),
    "How matrices are stored: "
      + Words.choice(WeightPrecision.allCases.map(\.rawValue)) + ".")
  private static let output = OptionDefinition.option(
    "output", "FILE", default: "MODEL-PRECISION.safetensors",
    "Where the model is written, also -o; \"-\" is standard output.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "export", "Write a model in fewer bits, for a smaller file.",
    operand: OperandDefinition(
      name: "MODEL", count: 1...1, sameAs: model, help: "A model file, or the folder of a run."),
    options: [model, precision, output, SharedOptions.json, SharedOptions.quiet],
    discussion: """
      f16 and bf16 round each number of a matrix to 16 bits, int8 to 8 bits with a scale for each row, embeddings \
      included; f32 writes what the file says as 32-bit floats. Vectors, normalisations and matrices of fewer than \
      \(NumberText.grouped(WeightPrecision.leastCount)) numbers stay 32-bit floats; with int8 they have 16 bits. All \
      commands read such files, and compute in 32-bit floats; `dragoman inspect` tells what was rounded. What is lost \
      does not come back: keep the model. `dragoman train --from` can begin with such a file, `dragoman average` \
      refuses it, and a last.safetensors, which a run goes on from, is not exported.

      Examples:
        dragoman export runs/phrasebook --precision int8
        dragoman export runs/phrasebook --precision f16 -o small.safetensors
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let precision: WeightPrecision = try arguments.choice(
      arguments.text(precision) ?? "", of: precision)
    let model = try ModelPath.file(of: arguments.operands[0], console)
    let path = arguments.text(output) ?? standardPath(model, precision)
    guard !Files.isSame(path, model) else { throw OverwritesModel(path: model) }
    let isStream = path == Console.dash
    if isStream, arguments.has(SharedOptions.json) {
      throw UsageError.contradiction(output, SharedOptions.json, command: definition.name)
    }
    let result = try ModelExport(path: model, precision: precision).write(to: path)
    let before = try Files.size(model)
    if arguments.has(SharedOptions.json) {
      try console.print([
        "file": .string(path), "model": .string(model), "precision": .string(precision.rawValue),
        "rounded": .int(result.rounded), "distance": .double(result.distance),
        "bytes": .int(try Files.size(path)), "modelBytes": .int(before),
      ])
    } else if !isStream {
      try console.print(path)
      if !arguments.has(SharedOptions.quiet) {
        console.message(try words(result, precision, bytes: Files.size(path), before))
      }
    }
    return .success
  }

  /// What becomes of a model whose new place is not named: `best-int8.safetensors` beside `best.safetensors`.
  private static func standardPath(_ model: String, _ precision: WeightPrecision) -> String {
    let ending = ".safetensors"
    let stem = model.hasSuffix(ending) ? String(model.dropLast(ending.count)) : model
    return "\(stem)-\(precision.rawValue)\(ending)"
  }

  private static func words(
    _ result: ModelExport.Result, _ precision: WeightPrecision, bytes: Int, _ before: Int
  ) -> String {
    let share = NumberText.fixed(100 * Double(bytes) / Double(before), decimals: 1)
    let change =
      result.rounded == 0
      ? "no tensor was rounded"
      : "\(Words.count(result.rounded, "tensor")) rounded, which changes the weights by "
        + "\(NumberText.significant(100 * result.distance, digits: 2)) %"
    return
      "\(precision.rawValue): \(NumberText.bytes(bytes)), \(share) % of \(NumberText.bytes(before)); \(change)"
  }
}

/// The smaller file would take the place of the model that it is made of.
struct OverwritesModel: Error, CustomStringConvertible {
  /// The model.
  let path: String
  /// What is wrong, and what to do.
  var description: String {
    """
    \(path): this is the model itself, and what rounding loses does not come back. Name another file with --output.
    """
  }
}
