import DragomanEvaluation
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman evaluate`: how near translations come to references.
enum EvaluateCommand {
  private static let pairs = OptionDefinition.option(
    "pairs", "FILE", isRepeated: true,
    "Sources and references to evaluate the model on: a .tsv, .jsonl, .tmx or .po file, read as the "
      + "model's training data were.")
  private static let source = OptionDefinition.option(
    "source", "FILE", "Sources, a line each; with --reference.")
  private static let reference = OptionDefinition.option(
    "reference", "FILE", isRepeated: true,
    "References, a line each; several files are several references of each line.")
  private static let hypothesis = OptionDefinition.option(
    "hypothesis", "FILE", "Finished translations, a line each: no model is used.")
  private static let lowercase = OptionDefinition.flag(
    "lowercase", "Compare lower-case text.")
  private static let metrics = OptionDefinition.option(
    "metrics", "LIST", default: "bleu,chrf,chrf++,ter,exact",
    "What is computed, with commas between: "
      + MetricKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
  private static let tokenize = OptionDefinition.option(
    "tokenize", "NAME", default: BLEUTokenizer.thirteenA.rawValue,
    "How BLEU cuts text into words: "
      + BLEUTokenizer.allCases.map(\.rawValue).joined(separator: ", ") + ".")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "evaluate", "Compare translations with references: BLEU, chrF, TER and others.",
    options: DecodingOptions.all + [
      pairs, source, reference, hypothesis, metrics, tokenize, lowercase, SharedOptions.threads,
      SharedOptions.json,
    ],
    discussion: """
      Without files, the model is evaluated on the test pairs of its configuration (data.test). BLEU, \
      chrF and TER are computed as sacreBLEU does; each line says by its signature how. wer and cer are \
      the word and the character error rate.

      Examples:
        dragoman evaluate --model runs/phrasebook/best.safetensors
        dragoman evaluate --beam 5 --model a.safetensors --model b.safetensors
        dragoman evaluate --source test.en --reference test.de
        dragoman evaluate --hypothesis out.de --reference test.de
        dragoman evaluate --hypothesis out.ja --reference test.ja --tokenize char
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    for option in DecodingOptions.all { try arguments.refuse(hypothesis, with: option) }
    try arguments.refuse(hypothesis, with: pairs)
    try arguments.refuse(hypothesis, with: source)
    try arguments.refuse(pairs, with: source)
    let metrics = try metrics(arguments)
    let references = try arguments.texts(reference).map(Self.lines)
    let hypotheses: [String]
    let sets: [[String]]
    if let path = arguments.text(hypothesis) {
      guard !references.isEmpty else {
        throw UsageError.missingOption(reference, command: arguments.command)
      }
      (hypotheses, sets) = (try lines(path), references)
    } else {
      let translator = try DecodingOptions.translator(arguments, console)
      if let path = arguments.text(source) {
        guard !references.isEmpty else {
          throw UsageError.missingOption(reference, command: arguments.command)
        }
        (hypotheses, sets) = (texts(of: try lines(path), translator), references)
      } else {
        let corpus = try testPairs(translator.file, arguments.texts(pairs))
        hypotheses = texts(of: Array(corpus.sources), translator)
        sets = [Array(corpus.targets)]
      }
    }
    for (path, set) in zip(arguments.texts(reference), sets) where set.count != hypotheses.count {
      throw UnequalLines(path: path, references: set.count, hypotheses: hypotheses.count)
    }
    let scores = metrics.map { $0.score(hypotheses: hypotheses, references: sets) }
    for score in scores {
      try console.print(arguments.has(SharedOptions.json) ? json(score) : score.description)
    }
    return .success
  }

  /// What is computed.
  private static func metrics(_ arguments: ParsedArguments) throws(UsageError) -> [any Metric] {
    let names =
      arguments.text(metrics)?.split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init) ?? metrics.standard?.split(separator: ",").map(String.init) ?? []
    var kinds: [MetricKind] = []
    for name in names {
      kinds.append(try arguments.choice(name, of: metrics))
    }
    let tokenizer: BLEUTokenizer =
      try arguments.text(tokenize).map { name throws(UsageError) in
        try arguments.choice(name, of: tokenize)
      } ?? .thirteenA
    if let name = arguments.text(tokenize), !kinds.contains(.bleu) {
      throw .invalidValue(
        tokenize, found: name, expected: "left out where --metrics does not list bleu",
        command: arguments.command)
    }
    return kinds.map {
      $0.metric(tokenizer: tokenizer, lowercase: arguments.has(lowercase))
    }
  }

  /// The translations of lines.
  private static func texts(of lines: [String], _ translator: Translator) -> [String] {
    translator.translate(lines, withProbabilities: false).map(\.text)
  }

  /// The lines of a file.
  private static func lines(_ path: String) throws -> [String] {
    Array(try TextLines(path: path))
  }

  /// Test pairs: those named, or those of the model's configuration.
  private static func testPairs(_ file: ModelFile, _ paths: [String]) throws -> ParallelCorpus {
    let configuration = try RunConfiguration.read(file.configuration, file: "the model")
    let files = paths.isEmpty ? configuration.data.test : paths.map { CorpusFile(path: $0) }
    guard !files.isEmpty else { throw NoTestPairs() }
    return try ParallelCorpus(reading: files, layout: configuration.data.layout)
  }

  private static func json(_ score: CorpusScore) -> String {
    JSON.object([
      ("metric", .string(score.name)), ("score", .double(score.score)),
      ("signature", .string(score.signature)), ("details", .string(score.details)),
    ]).serialized()
  }
}

/// The model's configuration names no test pairs, and neither does the command line.
struct NoTestPairs: Error, CustomStringConvertible {
  /// What to do.
  var description: String {
    "the model's configuration has no data.test; name sources and references by --pairs, or by "
      + "--source and --reference"
  }
}

/// Translations and references do not belong together.
struct UnequalLines: Error, CustomStringConvertible {
  /// The file of references.
  let path: String
  /// Its lines.
  let references: Int
  /// The translations.
  let hypotheses: Int
  /// What was expected and found.
  var description: String {
    "\(path): expected \(hypotheses) lines, as many as there are translations, found \(references)"
  }
}
