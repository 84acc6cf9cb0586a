import DragomanText
import DragomanTraining

/// Which columns of a table `dragoman new` reads.
enum CorpusColumns {
  /// The columns that are asked for.
  static let option = OptionDefinition.option(
    "columns", "SOURCE,TARGET", default: "1,2, or the two that hold text",
    "Columns of a .tsv or .csv file, counted from 1, such as 2,4.")

  /// Reads a corpus; of a table whose columns are not asked for, those that hold text.
  ///
  /// - Throws: ``UnclearColumns`` where the first two do not hold text and it is not clear which others are meant.
  static func read(
    _ file: CorpusFile, _ data: inout DataConfiguration, _ arguments: ParsedArguments,
    _ console: Console
  ) throws -> ParallelCorpus {
    let asked = try asked(arguments, file)
    if let asked { (data.columns.source, data.columns.target) = asked }
    let corpus = try data.read([file])
    guard asked == nil, let survey = corpus.summary[0].columns else { return corpus }
    switch survey.verdict(source: data.columns.source, target: data.columns.target) {
    case .fine: return corpus
    case .others(let source, let target) where !file.paths.contains("-"):
      (data.columns.source, data.columns.target) = (source, target)
      console.message(
        "columns: \(source) and \(target), where there is text (\(survey.description)); --columns takes others"
      )
      return try data.read([file])
    case .others, .unclear: throw UnclearColumns(file: file, survey: survey)
    }
  }

  private static func asked(
    _ arguments: ParsedArguments, _ file: CorpusFile
  ) throws(UsageError) -> (Int, Int)? {
    guard let text = arguments.text(option) else { return nil }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let source = numbers[0], let target = numbers[1], source != target,
      (1...10_000).contains(source), (1...10_000).contains(target)
    else {
      throw .invalidValue(
        option, found: text, expected: "two different numbers of columns such as 2,4",
        command: arguments.command)
    }
    guard file.format == .tsv || file.format == .csv else {
      throw .invalidValue(
        option, found: text,
        expected: "left out, since \(file.description) is not a table with columns",
        command: arguments.command)
    }
    return (source, target)
  }
}

/// A table of which it is not clear which columns are meant.
struct UnclearColumns: Error, CustomStringConvertible {
  /// The table.
  let file: CorpusFile
  /// What its columns hold.
  let survey: ColumnSurvey
  /// What was expected and found, and what to do.
  var description: String {
    "\(file.description): expected text in columns 1 and 2, found \(survey.description). "
      + "Say which two are meant with --columns, for example --columns 2,3."
  }
}
