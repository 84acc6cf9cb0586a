import DragomanFormats
import DragomanReporting
import DragomanTensor
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman check`: what the data of a configuration look like, before anything is trained.
enum CheckCommand {
  private static let estimate = OptionDefinition.flag(
    "estimate",
    "Also try the training for a second or two, and tell about how long it will take on this machine."
  )

  /// What the command line may say.
  static let definition = CommandDefinition(
    "check", "Look for problems in the data of a configuration.",
    operand: SharedOptions.configuration,
    options: [
      SharedOptions.config, SharedOptions.set, estimate, SharedOptions.threads, SharedOptions.json,
    ],
    discussion: """
      Counts lines and lengths, and looks for lines that are empty or no text, duplicates, training pairs \
      among validation and test, sides of very different length, untranslated copies, languages that are \
      exchanged, and unknown words; each with the first places. "train" does the same when it begins. Of a \
      classifier it counts the examples of each class, and looks for texts that stand there twice, with two classes \
      or in two parts, and for classes that are rare or not among the training examples. Of captions it counts \
      examples and captions, and looks for examples in two parts, captions that stand there twice, and test \
      captions that training has as well.

      Examples:
        dragoman check configs/phrasebook.json
        dragoman check --estimate my.json --set training.epochs=50
        xz -dc big.tsv.xz | dragoman check big.json --set 'data.train=["-"]'
      """
  ) { arguments, console in
    let configuration = try RunConfiguration.read(
      path: SharedOptions.configurationPath(arguments),
      overrides: arguments.overrides(SharedOptions.set))
    let threads = try SharedOptions.threads(arguments)
    let files = configuration.data.train + configuration.data.validation
    if arguments.has(estimate), files.flatMap(\.paths).contains("-") {
      throw EstimateOfInput()
    }
    var (lines, json) = try report(on: configuration, threads: threads)
    if arguments.has(estimate) {
      let estimate = try TrainingEstimate(configuration, threads: threads)
      lines.append("time: \(estimate)")
      json = json.adding(["estimate": estimate.json])
    }
    if arguments.has(SharedOptions.json) {
      try console.print(json)
    } else {
      for line in lines { try console.print(line) }
    }
    return .success
  }

  /// What was found, for people and for programs.
  private static func report(
    on configuration: RunConfiguration, threads: Int?
  ) throws -> (lines: [String], json: JSON) {
    switch configuration.task {
    case .translation:
      let report = try configuration.data.report(
        configuration.tokenizer, threads: threads ?? Kernels.cores)
      return (report.lines, report.json)
    case .classification:
      let report = try configuration.classificationReport()
      return (report.lines, report.json)
    case .captioning:
      let report = try configuration.captionReport()
      return (report.lines, report.json)
    }
  }
}

/// A trial of a training would have to read standard input a second time.
struct EstimateOfInput: Error, CustomStringConvertible {
  /// What to do.
  var description: String {
    "--estimate: the pairs come from standard input, which can be read only once; save them to a file, or leave it out"
  }
}
