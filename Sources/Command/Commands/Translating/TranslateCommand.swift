import DragomanDecoding
import DragomanFormats
import DragomanReporting
import DragomanSystem
import DragomanTranslation

/// `dragoman translate`: phrases from the command line, or lines from standard input.
enum TranslateCommand {
  private static let attention = OptionDefinition.flag(
    "attention",
    "Also draw how much each token looked at each token of the source, in colours on a terminal.")
  private static let html = OptionDefinition.option(
    "html", "FILE",
    "Also write a page with attention, confidences, alternatives and the search's tree; \"-\" prints it instead."
  )
  private static let alignment = OptionDefinition.option(
    "alignment", "FORMAT", kind: .choice(AlignmentFormat.allCases.map(\.rawValue)),
    "Give, instead of each translation, which word came from which: pharaoh, json or tsv.")
  private static let nBest = OptionDefinition.option(
    "n-best", "N", default: "1",
    "Give N translations of each line, with the line's number and their scores; the beam is at least as wide."
  )
  private static let noHistory = OptionDefinition.flag(
    "no-history", "Keep the lines that are typed at the prompt in no file.")
  private static let prefix = OptionDefinition.option(
    "prefix", "TEXT", "Begin each translation with this text.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "translate", "Translate phrases, or standard input line by line.",
    operand: OperandDefinition(
      name: "PHRASE", count: 0...Int.max, after: .existing,
      help:
        "Text to translate; without any, standard input is read. A line in gives a line out. A terminal "
        + "gets a prompt with line editing and history."),
    options: DecodingOptions.all + [
      nBest, prefix, SharedOptions.threads, attention, html, alignment, noHistory,
    ] + HeadOptions.all + [
      ConfidenceMarks.option, SharedOptions.strict, SharedOptions.quiet, SharedOptions.json,
    ],
    discussion: """
      A phrase that begins with "-" goes after "--". With --n-best, a line of output is the number of \
      the input line, a tab, the score, a tab and a translation; --json gives objects instead. The page \
      of --html shows the first \(AttentionPage.longest) lines.

      With --alignment pharaoh, a line of output has a pair "source-target" for each word of the \
      translation, such as "0-0 2-1". Words are counted from 0 and are what white space separates. \
      json has tokens, words and all weights; tsv has a row per weight.

      A Transformer's weights are the mean of the heads of its last layer. --layer and --head choose \
      others for --attention and --alignment; the page of --html shows all of them.

      Words that the model has never met, lines longer than any that it learnt from, and translations that were cut \
      off are told on standard error; --quiet turns that off.

      In a build with MPI, processes that mpirun starts share the lines.

      Examples:
        dragoman translate "good morning"
        dragoman translate runs/phrasebook < in.txt > out.txt
        dragoman translate --n-best 3 "good morning"
        dragoman translate --sample --set decoding.topP=0.9 "good morning"
        dragoman translate --beam 5 --html page.html "good morning"
        dragoman translate --alignment pharaoh < in.txt > in-out.align
        dragoman translate --attention --layer 2 --head 3 "good morning"
      """, isShared: true, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let processes = try Job.join()
    let shared = SharedLines(processes)
    if shared != nil, arguments.has(html) { throw JobError.ofOne(html) }
    let console = processes.isFirst ? console : console.silent
    for option in [attention, nBest, SharedOptions.json] {
      try arguments.refuse(alignment, with: option)
    }
    var count = try arguments.integer(
      nBest, atLeast: 1, atMost: DecodingConfiguration.widest)
    let format: AlignmentFormat? = try arguments.text(alignment).map {
      try arguments.choice($0, of: alignment)
    }
    let heads = try HeadOptions(
      arguments, isShown: arguments.has(attention) || arguments.has(alignment))
    let isPage = try arguments.isDash(
      html, insteadOf: SharedOptions.json, attention, alignment)
    let results = isPage ? console.withoutResults : console
    try arguments.refuseFiles()
    let told = console.quiet(arguments.has(SharedOptions.quiet))
    var translator = try DecodingOptions.translator(arguments, told)
    DecodingOptions.tell(prefix: arguments.text(prefix), translator.targetNote, told)
    var head = try heads.choice(of: translator)
    if let count {
      try DecodingOptions.widen(&translator.decoding, for: count, by: nBest, arguments, told)
    }
    try arguments.refuse(ConfidenceMarks.option, with: SharedOptions.json)
    try arguments.refuse(ConfidenceMarks.option, with: alignment)
    var notes = TranslationNotes(
      console, isQuiet: arguments.has(SharedOptions.quiet), note: translator.note)
    let picture = AttentionPicture(
      width: console.resultWidth - 2, hasColour: console.hasColour)
    var printer = TranslationPrinter(
      picture: arguments.has(attention) ? picture : nil,
      alignment: format, asJSON: arguments.has(SharedOptions.json), isNumbered: count != nil)
    if !printer.asJSON, format == nil { printer.marks = try ConfidenceMarks(arguments, console) }
    var isLegendTold = arguments.has(SharedOptions.quiet)
    var page = arguments.text(html).map {
      TranslationPage(path: $0, subtitle: DecodingOptions.summary(arguments, translator))
    }
    var number = 0
    func translate(_ lines: [String], isNumbered: Bool = true) throws {
      try translator.requireReadable(lines, from: isNumbered ? number + 1 : nil)
      notes.read(lines, isNumbered: isNumbered)
      let part = shared?.part(of: lines.count) ?? 0..<lines.count
      let first = number + part.lowerBound + 1
      number += lines.count
      let translations = translated(Array(lines[part]))
      if let place = translations.firstIndex(where: { $0.contains(where: \.isBroken) }) {
        throw NoNumber(line: isNumbered ? first + place : nil)
      }
      if !isLegendTold, let marks = printer.marks,
        translations.joined().contains(where: { marks.marked($0).isMarked })
      {
        isLegendTold = true
        console.message(marks.legend)
      }
      let texts = translations.enumerated().map { index, alternatives in
        alternatives.enumerated().map { rank, translation in
          printer.text(
            head?.seen(translation, by: translator) ?? translation, line: first + index,
            rank: rank + 1)
        }.joined()
      }
      let own = TranslationTally(translations.flatMap(\.self))
      let all = try shared?.joined(texts, own) ?? (texts: texts, tally: own)
      notes.wrote(all.tally)
      try results.write(all.texts.joined())
    }
    /// Lines that the page has room for are traced; the translations are the same.
    func translated(_ lines: [String]) -> [[Translation]] {
      let (wanted, prefix) = (count ?? 1, arguments.text(prefix) ?? "")
      let shown = Array(lines.prefix(page?.room ?? 0))
      let traced = translator.traced(
        shown, count: wanted, TranslationOptions(prefix: prefix, withAttention: true))
      page?.add(traced, of: lines.count, by: translator)
      return traced.map(\.translations)
        + translator.alternatives(
          Array(lines.dropFirst(shown.count)), count: wanted,
          TranslationOptions(
            prefix: prefix, withAttention: printer.needsAttention,
            withProbabilities: printer.withProbabilities))
    }
    func finish() throws {
      notes.finish(translator.decoding)
      try page?.finish(console)
    }
    /// Obeys a command of the prompt; false ends it.
    func obey(_ command: PromptCommand, _ prompt: Prompt) throws -> Bool {
      switch command {
      case .help: for line in PromptCommand.guide { console.message(line) }
      case .quit: return false
      case .beam(let width):
        translator.decoding.searchBeam(width)
        if let wanted = count, wanted > width { count = width }
      case .nBest(let wanted):
        count = wanted > 1 ? wanted : nil
        if translator.decoding.search == .beam, wanted > translator.decoding.beam {
          translator.decoding.searchBeam(wanted)
        }
      case .attention(let isShown): printer.picture = isShown ? picture : nil
      case .model(let name):
        let path = try ModelPath.file(of: name, console)
        let other = try DecodingOptions.translator(arguments, console, model: path)
        head = try heads.choice(of: other)
        translator = other
        DecodingOptions.tell(prefix: arguments.text(prefix), other.targetNote, told)
        notes = TranslationNotes(
          console, isQuiet: arguments.has(SharedOptions.quiet), note: other.note)
        prompt.text = Self.prompt(other.configuration)
        if let wanted = count, other.decoding.search == .beam, wanted > other.decoding.beam {
          translator.decoding.searchBeam(wanted)
        }
      }
      printer.isNumbered = count != nil
      if command != .help { console.message(Self.settings(translator, count, printer)) }
      return true
    }
    // A page that cannot be written is no reason to translate first.
    try page?.write()
    if !printer.head.isEmpty { try results.write(printer.head) }
    guard arguments.operands.isEmpty else {
      try translate(arguments.operands, isNumbered: arguments.operands.count > 1)
      try finish()
      return .success
    }
    if console.isTyped {
      console.message("type a phrase and press Return; :help lists commands, Ctrl-D ends")
    }
    if console.isTyped, console.isInteractive {
      let prompt = Prompt(
        Self.prompt(translator.configuration), console,
        history: arguments.has(noHistory) ? nil : HistoryFile(environment: Console.variable))
      while let line = prompt.next() {
        guard line.contains(where: { !$0.isWhitespace }) else { continue }
        guard let text = PromptCommand.text(line) else {
          do {
            guard try obey(try PromptCommand(line), prompt) else { break }
          } catch {
            // What was typed wrongly can be typed again.
            console.message("\(error)")
          }
          continue
        }
        try translate([text], isNumbered: false)
        notes.finish(translator.decoding)
        try page?.write()
      }
    } else {
      let input = LineReader(isStrict: arguments.has(SharedOptions.strict))
      let isQuiet = arguments.has(SharedOptions.quiet)
      func read(_ body: ([String]) throws -> Void) throws {
        try input.forEach(console, isQuiet: isQuiet, body)
      }
      if let shared {
        try shared.forEach(reading: read) { try translate($0) }
      } else {
        try read { try translate($0) }
      }
    }
    try finish()
    return .success
  }

  /// How the prompt translates from now on.
  private static func settings(
    _ translator: Translator, _ count: Int?, _ printer: TranslationPrinter
  ) -> String {
    let search =
      translator.decoding.search == .sampling ? "drawn" : "beam of \(translator.decoding.beam)"
    return
      "\(search), \(count ?? 1) of each line, attention \(printer.picture == nil ? "off" : "on")"
  }

  /// `en → fr> `, if the model tells its languages.
  private static func prompt(_ configuration: JSON) -> String {
    let languages = configuration["data"]?["languages"]
    guard let source = languages?["source"]?.string, let target = languages?["target"]?.string
    else { return "> " }
    return "\(source) → \(target)> "
  }
}
