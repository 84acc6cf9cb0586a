import DragomanEvaluation
import DragomanFormats
import DragomanSystem
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
    "Finished translations of another system: say also how probable such a difference would be by chance (paired "
      + "bootstrap, 1,000 draws).")
  private static let compare = OptionDefinition.option(
    "compare", "MODEL",
    "Another model, or the folder of a run, which translates the same sources in the same way: say also how "
      + "probable the difference would be by chance (paired bootstrap, 1,000 draws).")
  private static let lowercase = OptionDefinition.flag(
    "lowercase", "Compare lower-case text.")
  private static let metrics = OptionDefinition.option(
    "metrics", "LIST",
    kind: .list(MetricKind.allCases.map(\.rawValue)),
    "What is computed, with commas between: "
      + MetricKind.allCases.map(\.rawValue).joined(separator: ", ")
      + " (default: \(standardOfTranslations); of captions \(standardOfCaptions)).")
  private static let standardOfTranslations = "bleu,chrf,chrf++,ter,exact"
  private static let standardOfCaptions = "bleu1,bleu2,bleu3,bleu4,cider,chrf,exact"
  private static let tokenize = OptionDefinition.option(
    "tokenize", "NAME",
    kind: .choice(BLEUTokenizer.allCases.map(\.rawValue)),
    "How BLEU and CIDEr-D cut text into words: "
      + BLEUTokenizer.allCases.map(\.rawValue).joined(separator: ", ")
      + " (default: 13a for bleu; none for bleu1 to bleu4 and cider).")

  private static let html = OptionDefinition.option(
    "html", "FILE",
    "Also write a page with the classes that a classifier found in others' places; \"-\" prints it instead."
  )

  /// What the command line may say.
  static let definition = CommandDefinition(
    "evaluate", "Compare translations with references: BLEU, chrF, TER and others.",
    operand: OperandDefinition(
      name: "MODEL", count: 0...Int.max, sameAs: DecodingOptions.model,
      help: "The model, as --model names it."),
    options: DecodingOptions.all + [
      pairs, SharedOptions.format, source, reference, hypothesis, baseline, compare, metrics,
      tokenize, lowercase, html, SharedOptions.threads, SharedOptions.quiet, SharedOptions.json,
    ],
    discussion: """
      Without files, the model is evaluated on the test pairs of its configuration (data.test). BLEU, \
      chrF and TER are computed as sacreBLEU does; each line says by its signature how. wer and cer are \
      the word and the character error rate. bleu1 to bleu4 and cider (CIDEr-D) judge captions as \
      coco-caption does, on words between spaces. aer is the error rate of alignments, lines such as \
      "0-0 2p1", which stand in place of translations and references (0-0 is a sure link, 2p1 a possible \
      one). Of fewer than 2,000 segments, the interval follows that holds \
      95 % of test sets drawn from this one. Pairs with the same source are one segment with several references.

      Several --model write together. --compare sets another model beside them, which is evaluated on the same pairs.

      A captioning model is evaluated on the examples of data.test, or on those that --pairs names with their \
      captions; several captions of an example are several references.

      Of a classifier it tells accuracy with its 95 % interval (Wilson), macro F1, precision and recall of each \
      class, and which classes were found in whose place; --html draws that.

      In a build with MPI, processes that mpirun starts share what is to be translated.

      Examples:
        dragoman evaluate runs/phrasebook
        dragoman evaluate --beam 5 a.safetensors b.safetensors
        dragoman evaluate runs/gru --compare runs/lstm
        dragoman evaluate --source test.en --reference test.de
        dragoman evaluate --hypothesis out.de --reference test.de
        dragoman evaluate --hypothesis out.de --baseline old.de --reference test.de
        dragoman evaluate --hypothesis out.ja --reference test.ja --tokenize char
        dragoman evaluate --hypothesis out.align --reference test.align --metrics aer
      """, isShared: true, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let processes = try Job.join()
    if processes.size > 1, arguments.has(html) { throw JobError.ofOne(html) }
    let console = (processes.isFirst ? console : console.silent)
      .quiet(arguments.has(SharedOptions.quiet))
    _ = try arguments.isDash(html, insteadOf: SharedOptions.json)
    for option in DecodingOptions.all { try arguments.refuse(hypothesis, with: option) }
    try arguments.refuse(hypothesis, with: pairs)
    try arguments.refuse(hypothesis, with: SharedOptions.format)
    try arguments.refuse(hypothesis, with: source)
    try arguments.refuse(hypothesis, with: compare)
    try arguments.refuse(baseline, with: compare)
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
    if processes.size > 1, inputs.contains("-") { throw ProcessDisagreement.standardInput }
    // What is wrong with them is said before anything is read or translated.
    var metrics = try metrics(arguments)
    if !arguments.has(hypothesis), let path = try classifier(arguments, console) {
      return try ClassifierEvaluation(
        path: path, pairs: arguments.texts(pairs).map { try SharedOptions.corpus($0, arguments) },
        page: arguments.text(html), threads: SharedOptions.threads(arguments),
        asJSON: arguments.has(SharedOptions.json), isQuiet: arguments.has(SharedOptions.quiet)
      ).run(console)
    }
    if let page = arguments.text(html) {
      throw UsageError.invalidValue(
        html, found: page, expected: "left out, since it is for classifiers",
        command: arguments.command)
    }
    let sets = try arguments.texts(reference).map(Self.lines)
    let hypotheses: [String]
    let references: References
    var others: (name: String, texts: [String])?
    if let path = arguments.text(hypothesis) {
      guard !sets.isEmpty else {
        throw UsageError.missingOption(reference, command: arguments.command)
      }
      hypotheses = try lines(path)
      references = try Self.references(sets, of: hypotheses, arguments)
      if metrics.contains(where: { $0.kind == .alignmentErrorRate }) {
        try requireLinks(hypotheses, path)
        for (path, set) in zip(arguments.texts(reference), sets) { try requireLinks(set, path) }
        if let path = arguments.text(baseline) { try requireLinks(lines(path), path) }
      }
    } else if let judged = try captions(arguments, console) {
      (hypotheses, references, others) = (judged.hypotheses, judged.references, judged.others)
      metrics = try Self.metrics(arguments, standard: standardOfCaptions)
    } else {
      let translator = try DecodingOptions.translator(arguments, console)
      let other = try arguments.text(compare).map { path in
        let path = try ModelPath.file(of: path, console)
        return (name: path, try DecodingOptions.translator(of: [path], arguments, console))
      }
      let sources: [String]
      if let path = arguments.text(source) {
        guard !sets.isEmpty else {
          throw UsageError.missingOption(reference, command: arguments.command)
        }
        sources = try lines(path)
        references = try Self.references(sets, of: sources, arguments)
          .mapped(translator.reference)
      } else {
        let segments = try testSegments(
          translator.configuration, of: DecodingOptions.paths(arguments)[0], arguments, console)
        sources = segments.sources
        references = segments.references.mapped(translator.reference)
      }
      hypotheses = try texts(of: sources, translator, arguments, console)
      others = try other.map { ($0.name, try texts(of: sources, $0.1, arguments, console)) }
    }
    guard !hypotheses.isEmpty else { throw NothingToEvaluate() }
    if let path = arguments.text(baseline) {
      let lines = try lines(path)
      guard lines.count == hypotheses.count else {
        throw UnequalLines(path: path, found: lines.count, hypotheses: hypotheses.count)
      }
      others = ("baseline", lines)
    }
    for (kind, metric) in metrics {
      let result = EvaluationResult(
        kind, metric, of: hypotheses, references: references, beside: others)
      if arguments.has(SharedOptions.json) {
        try console.print(result.json)
      } else {
        for line in result.lines { try console.print(line) }
      }
    }
    if !arguments.has(SharedOptions.quiet) {
      for hint in EvaluationHint.of(metrics.map(\.metric), hypotheses, references) {
        console.message(hint)
      }
    }
    return .success
  }

  /// Refuses the first line that is not an alignment.
  private static func requireLinks(_ lines: [String], _ path: String) throws {
    for (index, line) in lines.enumerated() where WordLinks(line) == nil {
      throw NoAlignment(path: path, line: index + 1, text: line)
    }
  }

  /// Sets of references, each with as many lines as there are `segments`.
  private static func references(
    _ sets: [[String]], of segments: [String], _ arguments: ParsedArguments
  ) throws -> References {
    for (path, set) in zip(arguments.texts(reference), sets) where set.count != segments.count {
      throw UnequalLines(path: path, found: set.count, hypotheses: segments.count)
    }
    return References(sets: sets)
  }

  /// What a captioning model writes about its test examples; `nil` of another model.
  ///
  /// Options for translations are refused.
  private static func captions(
    _ arguments: ParsedArguments, _ console: Console
  ) throws -> CaptionEvaluation.Judged? {
    let named = arguments.texts(DecodingOptions.model)
    let first = try named.first.map { try ModelPath.file(of: $0, nil) } ?? NewestModel.path()
    guard try ModelTask(of: SafetensorsReader(path: first)) == .captioning else { return nil }
    for option in [source, reference] + DecodingOptions.all.suffix(1) where arguments.has(option) {
      throw UsageError.notForCaptioners(option, command: arguments.command)
    }
    let paths = try DecodingOptions.paths(arguments, console)
    let captioner = try DecodingOptions.captioner(of: paths, arguments)
    let other = try arguments.text(compare).map { path in
      let path = try ModelPath.file(of: path, console)
      return (path: path, captioner: try DecodingOptions.captioner(of: [path], arguments))
    }
    return try CaptionEvaluation(
      pairs: arguments.texts(pairs).map { try SharedOptions.corpus($0, arguments) },
      captioner: captioner, path: paths[0], other: other
    ).judged(console)
  }

  /// The model's file, if it is a classifier; options for translations are then refused.
  private static func classifier(
    _ arguments: ParsedArguments, _ console: Console
  ) throws -> String? {
    let named = arguments.texts(DecodingOptions.model)
    let path = try named.first.map { try ModelPath.file(of: $0, nil) } ?? NewestModel.path()
    guard try ModelTask(of: SafetensorsReader(path: path)) == .classification else { return nil }
    if named.isEmpty, !arguments.has(SharedOptions.quiet) { console.message("model: \(path)") }
    let others =
      DecodingOptions.all.dropFirst()
      + [source, reference, baseline, compare, metrics, tokenize, lowercase]
    for option in others where arguments.has(option) {
      throw UsageError.notForClassifiers(option, command: arguments.command)
    }
    guard named.count < 2 else { throw SeveralClassifiers(path: path) }
    return path
  }

  /// What is computed.
  private static func metrics(
    _ arguments: ParsedArguments, standard: String = standardOfTranslations
  ) throws(UsageError) -> [(kind: MetricKind, metric: any Metric)] {
    let names = (arguments.text(metrics) ?? standard)
      .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var kinds: [MetricKind] = []
    for name in names {
      kinds.append(try arguments.choice(name, of: metrics))
    }
    let tokenizer: BLEUTokenizer? =
      try arguments.text(tokenize).map { name throws(UsageError) in
        try arguments.choice(name, of: tokenize)
      }
    if let name = arguments.text(tokenize), !kinds.contains(where: \.takesTokenizer) {
      throw .invalidValue(
        tokenize, found: name, expected: "left out where --metrics lists neither BLEU nor cider",
        command: arguments.command)
    }
    if kinds.contains(.alignmentErrorRate), !arguments.has(hypothesis) {
      throw .invalidValue(
        metrics, found: MetricKind.alignmentErrorRate.rawValue,
        expected: "other metrics without --hypothesis, since this one judges alignments",
        command: arguments.command)
    }
    return kinds.map {
      ($0, $0.metric(tokenizer: tokenizer, lowercase: arguments.has(lowercase)))
    }
  }

  /// The translations of lines; tells how many have what the model never met, or were cut off.
  private static func texts(
    of lines: [String], _ translator: Translator, _ arguments: ParsedArguments, _ console: Console
  ) throws -> [String] {
    try translator.requireReadable(lines, from: 1)
    var notes = TranslationNotes(
      console, isQuiet: arguments.has(SharedOptions.quiet), unit: "sources", isListing: false,
      note: translator.note)
    notes.read(lines)
    let shared = SharedLines(try Job.join())
    let part = shared?.part(of: lines.count) ?? 0..<lines.count
    let translations = translator.translate(Array(lines[part]), .textOnly)
    if let place = translations.firstIndex(where: \.isBroken) {
      throw NoNumber(line: part.lowerBound + place + 1)
    }
    let own = TranslationTally(translations)
    let all =
      try shared?.joined(translations.map(\.text), own) ?? (
        texts: translations.map(\.text), tally: own
      )
    notes.wrote(all.tally)
    notes.finish(translator.decoding)
    return all.texts
  }

  /// The lines of a file.
  private static func lines(_ path: String) throws -> [String] {
    Array(try TextLines(path: path))
  }

  /// The sources of the test pairs, those named or those of the model's configuration, with all of their references.
  private static func testSegments(
    _ configuration: JSON, of path: String, _ arguments: ParsedArguments, _ console: Console
  ) throws -> ReferencedSources {
    let named = try arguments.texts(pairs).map { try SharedOptions.corpus($0, arguments) }
    let stored = Result { try RunConfiguration.stored(configuration, file: "the model") }
    // A model that no run of Dragoman has made need not say how its data were read.
    var configuration = try named.isEmpty ? stored.get() : (try? stored.get()) ?? RunConfiguration()
    // What the command line names is where it says.
    if named.isEmpty { configuration.data.locate(from: DataPlaces(of: path)) }
    let files = named.isEmpty ? configuration.data.test : named
    guard !files.isEmpty else { throw NoTestPairs() }
    let corpus = try configuration.data.read(files, skippingBroken: false)
    for summary in corpus.summary {
      if summary.skipped > 0 { console.message(summary.description) }
      for remark in summary.remarks { console.message(remark) }
    }
    let segments = ReferencedSources(sources: corpus.sources, targets: corpus.targets)
    if segments.sources.count < corpus.count {
      console.message(
        "references: \(NumberText.grouped(corpus.count)) pairs have "
          + "\(NumberText.grouped(segments.sources.count)) different sources"
          + (segments.severalCount == 0
            ? "; the others repeat them"
            : ", of which \(NumberText.grouped(segments.severalCount)) have several references"))
    }
    return segments
  }
}

/// The model's configuration names no test pairs, and neither does the command line.
struct NoTestPairs: Error, CustomStringConvertible {
  /// What to do.
  var description: String {
    "the model's configuration has no data.test; name sources and references by --pairs, or by --source and "
      + "--reference"
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

/// A line of alignments is not one.
struct NoAlignment: Error, CustomStringConvertible {
  /// The file.
  let path: String
  /// The line, from 1.
  let line: Int
  /// What it says.
  let text: String
  /// What was expected and found.
  var description: String {
    "\(path):\(line): expected links of words such as 0-0 (sure) and 2p1 (possible) with spaces between, found "
      + "\(Excerpt.quoted(text))"
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
