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

      In a build with MPI, processes that mpirun starts share the lines or examples.

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
    let judged: JudgedTexts
    var other: (name: String, judged: JudgedTexts)?
    if arguments.has(hypothesis) {
      judged = try finished(arguments, metrics)
    } else if let found = try captions(arguments, console) {
      (judged, other) = found
      metrics = try Self.metrics(arguments, standard: standardOfCaptions)
    } else {
      (judged, other) = try translations(arguments, console)
    }
    guard !judged.hypotheses.isEmpty else { throw EvaluationError.nothing }
    if let path = arguments.text(baseline) {
      let lines = try lines(path)
      guard lines.count == judged.hypotheses.count else {
        throw EvaluationError.unequalLines(
          path: path, found: lines.count, hypotheses: judged.hypotheses.count)
      }
      other = ("baseline", JudgedTexts(hypotheses: lines, references: judged.references))
    }
    for (kind, metric) in metrics {
      let result = EvaluationResult(kind, metric, of: judged, beside: other)
      if arguments.has(SharedOptions.json) {
        try console.print(result.json)
      } else {
        for line in result.lines { try console.print(line) }
      }
    }
    if !arguments.has(SharedOptions.quiet) {
      for hint in EvaluationHint.of(
        metrics.map(\.metric), judged.hypotheses, judged.references)
      {
        console.message(hint)
      }
    }
    return .success
  }

  /// Finished translations and their references, which are read as alignments where a metric asks for these.
  private static func finished(
    _ arguments: ParsedArguments, _ metrics: [(kind: MetricKind, metric: any Metric)]
  ) throws -> JudgedTexts {
    let sets = try referenceSets(arguments)
    let path = arguments.texts(hypothesis)[0]
    let hypotheses = try lines(path)
    let references = try references(sets, of: hypotheses, arguments)
    if metrics.contains(where: { $0.kind == .alignmentErrorRate }) {
      try requireLinks(hypotheses, path)
      for (path, set) in zip(arguments.texts(reference), sets) { try requireLinks(set, path) }
      if let path = arguments.text(baseline) { try requireLinks(lines(path), path) }
    }
    return JudgedTexts(hypotheses: hypotheses, references: references)
  }

  /// What a model makes of the sources, and what another one does.
  private static func translations(
    _ arguments: ParsedArguments, _ console: Console
  ) throws -> (JudgedTexts, other: (name: String, judged: JudgedTexts)?) {
    let sets = arguments.has(source) ? try referenceSets(arguments) : []
    let translator = try DecodingOptions.translator(arguments, console)
    let other = try arguments.text(compare).map { path in
      let path = try ModelPath.file(of: path, console)
      return (
        name: path, translator: try DecodingOptions.translator(of: [path], arguments, console)
      )
    }
    let evaluation: TranslationEvaluation
    if let path = arguments.text(source) {
      let sources = try lines(path)
      evaluation = TranslationEvaluation(
        sources: sources, references: try references(sets, of: sources, arguments))
    } else {
      evaluation = try TranslationEvaluation(
        pairs: arguments.texts(pairs).map { try SharedOptions.corpus($0, arguments) },
        translator.configuration, of: DecodingOptions.paths(arguments)[0], console)
    }
    let isQuiet = arguments.has(SharedOptions.quiet)
    return (
      try evaluation.judged(translator, isQuiet: isQuiet, console),
      try other.map {
        ($0.name, try evaluation.judged($0.translator, isQuiet: isQuiet, console))
      }
    )
  }

  /// What a captioning model writes about its test examples, and what another one does; `nil` of another model.
  ///
  /// Options for translations are refused.
  private static func captions(
    _ arguments: ParsedArguments, _ console: Console
  ) throws -> (JudgedTexts, other: (name: String, judged: JudgedTexts)?)? {
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
      return (name: path, captioner: try DecodingOptions.captioner(of: [path], arguments))
    }
    let evaluation = try CaptionEvaluation(
      pairs: arguments.texts(pairs).map { try SharedOptions.corpus($0, arguments) },
      captioner.configuration, of: paths[0], console)
    return (
      try evaluation.judged(captioner, console),
      try other.map { ($0.name, try evaluation.judged($0.captioner, console)) }
    )
  }

  /// Refuses the first line that is not an alignment.
  private static func requireLinks(_ lines: [String], _ path: String) throws {
    for (index, line) in lines.enumerated() where WordLinks(line) == nil {
      throw EvaluationError.noAlignment(path: path, line: index + 1, text: line)
    }
  }

  /// The lines of each file of references; there has to be one.
  private static func referenceSets(_ arguments: ParsedArguments) throws -> [[String]] {
    guard arguments.has(reference) else {
      throw UsageError.missingOption(reference, command: arguments.command)
    }
    return try arguments.texts(reference).map(lines)
  }

  /// Sets of references, each with as many lines as there are `segments`.
  private static func references(
    _ sets: [[String]], of segments: [String], _ arguments: ParsedArguments
  ) throws -> References {
    for (path, set) in zip(arguments.texts(reference), sets) where set.count != segments.count {
      throw EvaluationError.unequalLines(
        path: path, found: set.count, hypotheses: segments.count)
    }
    return References(sets: sets)
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
    guard named.count < 2 else { throw EvaluationError.severalClassifiers(path: path) }
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

  /// The lines of a file.
  private static func lines(_ path: String) throws -> [String] {
    Array(try TextLines(path: path))
  }
}
