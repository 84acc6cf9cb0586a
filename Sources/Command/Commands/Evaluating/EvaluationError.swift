import DragomanFormats

/// Why `dragoman evaluate` has nothing that it could judge.
enum EvaluationError: Error, CustomStringConvertible {
  /// The model's configuration names no test pairs, and neither does the command line.
  case noTestPairs
  /// There is no line, or no pair.
  case nothing
  /// More than one model where the first, whose file this is, is a classifier.
  case severalClassifiers(path: String)
  /// A line of a file, from 1, is no alignment.
  case noAlignment(path: String, line: Int, text: String)
  /// A file of references or of another system's translations has another number of lines than there are translations.
  case unequalLines(path: String, found: Int, hypotheses: Int)

  /// Place, expected, found, what to do.
  var description: String {
    switch self {
    case .noTestPairs:
      "the model's configuration has no data.test; name sources and references by --pairs, or by --source and "
        + "--reference"
    case .nothing:
      "there is nothing to evaluate: expected at least one translation with its reference, found none"
    case .severalClassifiers(let path):
      "\(path): a classifier, which is evaluated by itself; name one --model"
    case .noAlignment(let path, let line, let text):
      "\(path):\(line): expected links of words such as 0-0 (sure) and 2p1 (possible) with spaces between, found "
        + "\(Excerpt.quoted(text))"
    case .unequalLines(let path, let found, let hypotheses):
      "\(path): expected \(Words.count(hypotheses, "line")), as many as there are translations, found \(found)"
    }
  }
}
