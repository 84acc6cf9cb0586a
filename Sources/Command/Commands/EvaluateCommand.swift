import DragomanEvaluation
import DragomanFormats
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman evaluate`: how near translations come to references.
enum EvaluateCommand {
  private static let pairs = OptionDefinition.option(
    "pairs", "FILE", isRepeated: true,
    "Sources and references to evaluate the model on: a .tsv or .jsonl file, read as the model's "
      + "training data were.")
  private static let source = OptionDefinition.option(
    "source", "FILE", "Sources, a line each; with --reference.")
  private static let reference = OptionDefinition.option(
    "reference", "FILE", isRepeated: true,
    "References, a line each; several files are several references of each line.")
  private static let hypothesis = OptionDefinition.option(
    "hypothesis", "FILE", "Finished translations, a line each: no model is used.")
  private static let lowercase = OptionDefinition.flag(
    "lowercase", "Compare lower-case text.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "evaluate", "Compare translations with references: BLEU, chrF, TER, exact match.",
    options: DecodingOptions.all + [
      pairs, source, reference, hypothesis, lowercase, SharedOptions.threads, SharedOptions.json,
    ],
    discussion: """
      Without files, the model is evaluated on the test pairs of its configuration (data.test). BLEU \
      and chrF are computed as sacreBLEU does; each line says by its signature how.

      Examples:
        dragoman evaluate --model runs/phrasebook/best.safetensors
        dragoman evaluate --beam 5 --model a.safetensors --model b.safetensors
        dragoman evaluate --source test.en --reference test.de
        dragoman evaluate --hypothesis out.de --reference test.de
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    for option in DecodingOptions.all { try arguments.refuse(hypothesis, with: option) }
    try arguments.refuse(hypothesis, with: pairs)
    try arguments.refuse(hypothesis, with: source)
    try arguments.refuse(pairs, with: source)
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
        (hypotheses, sets) = (translator.translate(try lines(path)).map(\.text), references)
      } else {
        let corpus = try testPairs(translator.file, arguments.texts(pairs))
        hypotheses = translator.translate(Array(corpus.sources)).map(\.text)
        sets = [Array(corpus.targets)]
      }
    }
    for (path, set) in zip(arguments.texts(reference), sets) where set.count != hypotheses.count {
      throw UnequalLines(path: path, references: set.count, hypotheses: hypotheses.count)
    }
    let lower = arguments.has(lowercase)
    let metrics: [any Metric] = [
      BLEU(lowercase: lower), ChrF(lowercase: lower), ChrF(wordOrder: 2, lowercase: lower), TER(),
      ExactMatch(lowercase: lower),
    ]
    let scores = metrics.map { $0.score(hypotheses: hypotheses, references: sets) }
    for score in scores {
      try console.print(arguments.has(SharedOptions.json) ? json(score) : score.description)
    }
    return .success
  }

  /// The lines of a file.
  private static func lines(_ path: String) throws -> [String] {
    // By bytes: to a string, a carriage return and the line feed behind it are one character.
    var lines = try Files.read(path).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { line in
      String(
        decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
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
