import DragomanEvaluation
import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTraining
import DragomanTranslation

/// `dragoman evaluate`: how near translations come to references.
enum EvaluateCommand {
  private static let pairs = OptionDefinition.option(
    "pairs", "FILE", isRepeated: true,
    "Sources and references to evaluate the model on: a .tsv, .csv, .jsonl, .tmx, .po or .xlf file, read as the "
      + "model's training data were.")
  private static let source = OptionDefinition.option(
    "source", "FILE", "Sources, a line each; with --reference.")
  private static let reference = OptionDefinition.option(
    "reference", "FILE", isRepeated: true,
    "References, a line each; several files are several references of each line.")
  private static let hypothesis = OptionDefinition.option(
    "hypothesis", "FILE", "Finished translations, a line each: no model is used.")
  private static let baseline = OptionDefinition.option(
    "baseline", "FILE",
    "Finished translations of another system: say also how probable such a difference would be by chance "
      + "(paired bootstrap, 1,000 draws).")
  private static let lowercase = OptionDefinition.flag(
    "lowercase", "Compare lower-case text.")
  private static let metrics = OptionDefinition.option(
    "metrics", "LIST", default: "bleu,chrf,chrf++,ter,exact",
    kind: .list(MetricKind.allCases.map(\.rawValue)),
    "What is computed, with commas between: "
      + MetricKind.allCases.map(\.rawValue).joined(separator: ", ") + ".")
  private static let tokenize = OptionDefinition.option(
    "tokenize", "NAME", default: BLEUTokenizer.thirteenA.rawValue,
    kind: .choice(BLEUTokenizer.allCases.map(\.rawValue)),
    "How BLEU cuts text into words: "
      + BLEUTokenizer.allCases.map(\.rawValue).joined(separator: ", ") + ".")

  private static let html = OptionDefinition.option(
    "html", "FILE", "Also write a page with the classes that a classifier found in others' places.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "evaluate", "Compare translations with references: BLEU, chrF, TER and others.",
    options: DecodingOptions.all + [
      pairs, SharedOptions.format, source, reference, hypothesis, baseline, metrics, tokenize,
      lowercase, html,
      SharedOptions.threads,
      SharedOptions.json,
    ],
    discussion: """
      Without files, the model is evaluated on the test pairs of its configuration (data.test). BLEU, \
      chrF and TER are computed as sacreBLEU does; each line says by its signature how. wer and cer are \
      the word and the character error rate.

      Of a classifier it tells accuracy with its 95 % interval (Wilson), macro F1, precision and recall of each \
      class, and which classes were found in whose place; --html draws that.

      Examples:
        dragoman evaluate --model runs/phrasebook/best.safetensors
        dragoman evaluate --beam 5 --model a.safetensors --model b.safetensors
        dragoman evaluate --source test.en --reference test.de
        dragoman evaluate --hypothesis out.de --reference test.de
        dragoman evaluate --hypothesis out.de --baseline old.de --reference test.de
        dragoman evaluate --hypothesis out.ja --reference test.ja --tokenize char
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    for option in DecodingOptions.all { try arguments.refuse(hypothesis, with: option) }
    try arguments.refuse(hypothesis, with: pairs)
    try arguments.refuse(hypothesis, with: SharedOptions.format)
    try arguments.refuse(hypothesis, with: source)
    try arguments.refuse(pairs, with: source)
    try arguments.refuse(pairs, with: reference)
    if arguments.has(SharedOptions.format), !arguments.has(pairs) {
      throw UsageError.missingOption(pairs, command: arguments.command)
    }
    if arguments.has(reference), !arguments.has(hypothesis), !arguments.has(source) {
      throw UsageError.missingOption(source, command: arguments.command)
    }
    let inputs = [source, reference, hypothesis, baseline, pairs].flatMap { arguments.texts($0) }
    guard inputs.count(where: { $0 == "-" }) < 2 else {
      throw UsageError.inputTwice(command: arguments.command)
    }
    if !arguments.has(hypothesis), let path = try classifier(arguments, console) {
      return try ClassifierEvaluation(
        path: path, pairs: arguments.texts(pairs).map { try SharedOptions.corpus($0, arguments) },
        page: arguments.text(html), threads: SharedOptions.threads(arguments),
        asJSON: arguments.has(SharedOptions.json)
      ).run(console)
    }
    if let page = arguments.text(html) {
      throw UsageError.invalidValue(
        html, found: page, expected: "left out, since it is for classifiers",
        command: arguments.command)
    }
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
        let corpus = try testPairs(
          translator.configuration,
          arguments.texts(pairs).map { try SharedOptions.corpus($0, arguments) })
        for summary in corpus.summary {
          if summary.skipped > 0 { console.message(summary.description) }
          for remark in summary.remarks { console.message(remark) }
        }
        hypotheses = texts(of: Array(corpus.sources), translator)
        sets = [Array(corpus.targets)]
      }
    }
    guard !hypotheses.isEmpty else { throw NothingToEvaluate() }
    for (path, set) in zip(arguments.texts(reference), sets) where set.count != hypotheses.count {
      throw UnequalLines(path: path, found: set.count, hypotheses: hypotheses.count)
    }
    let other = try arguments.text(baseline).map { path in
      let lines = try lines(path)
      guard lines.count == hypotheses.count else {
        throw UnequalLines(path: path, found: lines.count, hypotheses: hypotheses.count)
      }
      return lines
    }
    for metric in metrics {
      let score = metric.score(hypotheses: hypotheses, references: sets)
      let comparison = other.map { other in
        // Equal draws for every metric, and in every run.
        var random = Random(seed: 1, name: "bootstrap")
        return PairedBootstrap(
          hypotheses, baseline: other, references: sets, metric: metric, using: &random)
      }
      if arguments.has(SharedOptions.json) {
        try console.print(json(score, comparison))
      } else {
        try console.print(score.description)
        if let comparison { try console.print(words(comparison)) }
      }
    }
    return .success
  }

  /// The model's file, if it is a classifier; options for translations are then refused.
  private static func classifier(
    _ arguments: ParsedArguments, _ console: Console
  ) throws -> String? {
    let named = arguments.texts(DecodingOptions.model)
    let path = try named.first ?? NewestModel.path()
    guard try ModelTask(of: SafetensorsReader(path: path)) == .classification else { return nil }
    if named.isEmpty { console.message("model: \(path)") }
    let others =
      DecodingOptions.all.dropFirst() + [source, reference, baseline, metrics, tokenize, lowercase]
    for option in others where arguments.has(option) {
      throw UsageError.notForClassifiers(option, command: arguments.command)
    }
    guard named.count < 2 else { throw SeveralClassifiers(path: path) }
    return path
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
    translator.translate(lines, .textOnly).map(\.text)
  }

  /// The lines of a file.
  private static func lines(_ path: String) throws -> [String] {
    Array(try TextLines(path: path))
  }

  /// Test pairs: those named, or those of the model's configuration.
  private static func testPairs(
    _ configuration: JSON, _ named: [CorpusFile]
  ) throws -> ParallelCorpus {
    let configuration = try RunConfiguration.read(configuration, file: "the model")
    let files = named.isEmpty ? configuration.data.test : named
    guard !files.isEmpty else { throw NoTestPairs() }
    return try ParallelCorpus(reading: files, layout: configuration.data.layout)
  }

  private static func json(_ score: CorpusScore, _ comparison: PairedBootstrap?) -> String {
    let json: JSON = [
      "metric": .string(score.name), "score": .double(score.score),
      "signature": .string(score.signature), "details": .string(score.details),
      "bootstrap": comparison.map { comparison in
        [
          "baseline": .double(comparison.baseline), "pValue": .double(comparison.pValue),
          "mean": .double(comparison.mean), "interval": .double(comparison.interval),
        ]
      },
    ]
    return json.serialized()
  }

  /// For example `  baseline 36.90, difference +1.73, p = 0.001; 95 % of 1,000 draws within 38.61 ± 1.07`.
  private static func words(_ comparison: PairedBootstrap) -> String {
    func fixed(_ value: Double, _ decimals: Int = 2) -> String {
      NumberText.fixed(value, decimals: decimals)
    }
    let difference = comparison.system - comparison.baseline
    guard difference != 0 else { return "  baseline \(fixed(comparison.baseline)), no difference" }
    return
      "  baseline \(fixed(comparison.baseline)), difference \(difference < 0 ? "" : "+")\(fixed(difference)), "
      + "p = \(fixed(comparison.pValue, 3)); 95 % of 1,000 draws within "
      + "\(fixed(comparison.mean)) ± \(fixed(comparison.interval))"
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

/// More than one model where the first is a classifier.
struct SeveralClassifiers: Error, CustomStringConvertible {
  /// The first one.
  let path: String
  /// What to do.
  var description: String {
    "\(path): a classifier, which is evaluated by itself; name one --model"
  }
}

/// There is no line, or no pair, to evaluate.
struct NothingToEvaluate: Error, CustomStringConvertible {
  /// What was expected.
  var description: String {
    "there is nothing to evaluate: expected at least one translation with its reference, found none"
  }
}

/// Translations do not belong to references or to other translations.
struct UnequalLines: Error, CustomStringConvertible {
  /// The file of references or other translations.
  let path: String
  /// Its lines.
  let found: Int
  /// The translations.
  let hypotheses: Int
  /// What was expected and found.
  var description: String {
    "\(path): expected \(hypotheses) lines, as many as there are translations, found \(found)"
  }
}
