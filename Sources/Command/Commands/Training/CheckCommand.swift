import DragomanFormats
import DragomanReporting
import DragomanTensor
import DragomanTraining

/// `dragoman check`: what the data of a configuration look like, before anything is trained.
enum CheckCommand {
  /// What the command line may say.
  static let definition = CommandDefinition(
    "check", "Look for problems in the data of a configuration.",
    operand: OperandDefinition(
      name: "CONFIG", count: 1...1, help: "The configuration of the run, a JSON file."),
    options: [SharedOptions.set, SharedOptions.json],
    discussion: """
      Counts lines and lengths, and looks for lines that are empty or no text, duplicates, training pairs \
      among validation and test, sides of very different length, untranslated copies, languages that are \
      exchanged, and unknown words; each with the first places. "train" does the same when it begins.

      Examples:
        dragoman check configs/phrasebook.json
        xz -dc big.tsv.xz | dragoman check big.json --set 'data.train=["-"]'
      """
  ) { arguments, console in
    let configuration = try RunConfiguration.read(
      path: arguments.operands[0], overrides: arguments.overrides(SharedOptions.set))
    let report = try configuration.data.report(
      configuration.tokenizer, threads: Kernels.cores)
    if arguments.has(SharedOptions.json) {
      try console.print(report.json.serialized())
    } else {
      for line in report.lines { try console.print(line) }
    }
    return .success
  }
}
