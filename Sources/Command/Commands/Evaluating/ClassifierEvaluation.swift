import DragomanEvaluation
import DragomanFormats
import DragomanPages
import DragomanReporting
import DragomanSystem
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman evaluate` with a classifier: accuracy, the classes one by one, and which was found in whose place.
struct ClassifierEvaluation {
  /// The model's file.
  let path: String
  /// The examples and their classes; those of the model's configuration if there are none.
  let pairs: [CorpusFile]
  /// Where a page is written.
  let page: String?
  /// Threads that compute.
  let threads: Int?
  /// Whether programs read the result.
  let asJSON: Bool
  /// Whether nothing is told besides results.
  let isQuiet: Bool

  /// Classifies the examples and says how often that was right.
  func run(_ console: Console) throws -> ExitCode {
    let file = try ClassifierFile(path: path)
    var configuration = try RunConfiguration.stored(file.configuration, file: "the model")
    configuration.data.locate(from: DataPlaces(of: path))
    // What the command line names is where it says.
    if !pairs.isEmpty { configuration.data.places = DataPlaces() }
    let files = pairs.isEmpty ? configuration.data.test : pairs
    guard !files.isEmpty else { throw EvaluationError.noTestPairs }
    let examples = try ClassifiedTest(files, configuration)
    for line in examples.summary.flatMap(\.remarks) { console.message(line) }
    for summary in examples.summary where summary.skipped > 0 {
      console.message(summary.description)
    }
    guard !examples.labels.isEmpty else { throw EvaluationError.nothing }
    let classifier = try ExampleClassifier(path: path, threads: threads)
    var notes = TranslationNotes(
      console, isQuiet: isQuiet, unit: "texts", isListing: false, note: classifier.note)
    notes.read(examples.texts)
    notes.finish()
    let found = try SharedLines.texts(examples.labels.count) {
      try examples.found(by: classifier, in: $0)
    }
    let report = ConfusionReport(
      ConfusionMatrix(found: found, expected: examples.labels),
      known: file.trained.labels)
    if page == Console.dash {
      try console.write(report.page(subtitle: Files.brief(path)), to: Console.dash)
      return .success
    }
    if asJSON {
      try console.print(report.json)
    } else {
      for line in report.lines { try console.print(line) }
    }
    if let page {
      try report.page(subtitle: Files.brief(path)).write(to: page)
      console.message("page: \(page)")
    }
    return .success
  }
}
