import DragomanFormats
import DragomanReporting
import DragomanTensor
import DragomanTraining
import DragomanTranslation

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
      exchanged, and unknown words; each with the first places. "train" does the same when it begins. Of a \
      classifier it counts the examples of each class, and looks for texts that stand there twice, with two classes \
      or in two parts, and for classes that are rare or not among the training examples.

      Examples:
        dragoman check configs/phrasebook.json
        xz -dc big.tsv.xz | dragoman check big.json --set 'data.train=["-"]'
      """
  ) { arguments, console in
    let configuration = try RunConfiguration.read(
      path: arguments.operands[0], overrides: arguments.overrides(SharedOptions.set))
    let (lines, json) = try report(on: configuration)
    if arguments.has(SharedOptions.json) {
      try console.print(json.serialized())
    } else {
      for line in lines { try console.print(line) }
    }
    return .success
  }

  /// What was found, for people and for programs.
  private static func report(
    on configuration: RunConfiguration
  ) throws -> (lines: [String], json: JSON) {
    switch configuration.task {
    case .translation:
      let report = try configuration.data.report(
        configuration.tokenizer, threads: Kernels.cores)
      return (report.lines, report.json)
    case .classification:
      let report = try configuration.data.classificationReport()
      return (report.lines, report.json)
    }
  }
}
