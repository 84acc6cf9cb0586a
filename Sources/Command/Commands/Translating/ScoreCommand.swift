import DragomanSystem
import DragomanTensor
import DragomanFormats
import DragomanReporting
import DragomanText
import DragomanTranslation

/// `dragoman score`: how probable a model finds given translations.
enum ScoreCommand {
  private static let tokens = OptionDefinition.flag(
    "tokens", "Also print the log-probability of each token.")

  private static let alignment = OptionDefinition.option(
    "alignment", "FORMAT", kind: .choice(AlignmentFormat.allCases.map(\.rawValue)),
    "Instead of scores, write which word of the source each word of the target looks at: pharaoh, json or tsv, as "
      + "translate does.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "score", "Give the log-probability of given translations.",
    operand: OperandDefinition(
      name: "SOURCE TARGET", count: 0...2, after: .additional,
      help: "A text and its translation; without them, standard input is read, whose lines are a "
        + "source, a tab and a target."),
    options: [
      SharedOptions.model, SharedOptions.threads, tokens, alignment,
    ] + HeadOptions.all + [SharedOptions.strict, SharedOptions.quiet, SharedOptions.json],
    discussion: """
      A pair in gives a line out: the natural logarithm of the probability of the target given the \
      source, the end of the sentence included; then, with --tokens, a tab and the same for each \
      token. Further columns of the input are ignored.

      With --alignment the targets are forced, and where attention looked becomes a line of output for each pair. \
      Compare it with links that are known by evaluate --metrics aer.

      Examples:
        dragoman score "good morning" "bonjour"
        dragoman score runs/phrasebook "good morning" "bonjour"
        dragoman score --tokens < pairs.tsv
        dragoman score --alignment pharaoh < pairs.tsv > pairs.align
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    try arguments.refuseFiles()
    for option in [tokens, SharedOptions.json] { try arguments.refuse(alignment, with: option) }
    let format: AlignmentFormat? = try arguments.text(alignment).map {
      try arguments.choice($0, of: alignment)
    }
    let heads = try HeadOptions(arguments, isShown: format != nil)
    let threads = try SharedOptions.threads(arguments)
    guard arguments.operands.count != 1 else {
      throw UsageError.missingOperand(
        OperandDefinition(name: "TARGET", count: 1...1, help: ""), command: arguments.command)
    }
    let translator = try Translator(
      path: SharedOptions.model(arguments, console.quiet(arguments.has(SharedOptions.quiet))),
      threads: threads)
    let head = try heads.choice(of: translator)
    let printer = ScorePrinter(
      withTokens: arguments.has(tokens), asJSON: arguments.has(SharedOptions.json))
    let isQuiet = arguments.has(SharedOptions.quiet)
    var notes = TranslationNotes(console, isQuiet: isQuiet, note: translator.note)
    var targets = TranslationNotes(
      console, isQuiet: isQuiet, unit: "targets", isListing: false, note: translator.targetNote)
    var scored = 0
    func score(_ pairs: [SentencePair]) throws {
      let first = arguments.operands.isEmpty ? scored + 1 : nil
      try translator.requireReadable(pairs, from: first)
      notes.read(pairs.map(\.source), isNumbered: arguments.operands.isEmpty)
      targets.read(pairs.map(\.target))
      if let format {
        let aligned = translator.aligned(pairs).map { head?.seen($0, by: translator) ?? $0 }
        if let place = aligned.firstIndex(where: \.isBroken) {
          throw NoNumber(line: first.map { $0 + place })
        }
        let start = scored
        scored += pairs.count
        try console.write(
          aligned.enumerated().map { format.text($1, line: start + $0 + 1) }.joined())
        return
      }
      let scores = translator.score(pairs)
      if let place = scores.firstIndex(where: { !$0.logProbability.isFinite }) {
        throw NoNumber(line: first.map { $0 + place })
      }
      scored += pairs.count
      try console.write(zip(pairs, scores).map(printer.text).joined())
    }
    if let head = format?.head, !head.isEmpty { try console.write(head) }
    guard arguments.operands.isEmpty else {
      try score([SentencePair(source: arguments.operands[0], target: arguments.operands[1])])
      targets.finish()
      return .success
    }
    defer {
      notes.finish()
      targets.finish()
    }
    var number = 0
    let input = LineReader(isStrict: arguments.has(SharedOptions.strict))
    try input.forEach(console, isQuiet: arguments.has(SharedOptions.quiet)) { lines in
      var pairs: [SentencePair] = []
      for line in lines {
        number += 1
        guard let pair = pair(line) else {
          // What was understood before it still gets its score.
          try score(pairs)
          throw NoPair(line: number)
        }
        pairs.append(pair)
      }
      try score(pairs)
    }
    return .success
  }

  /// The first two columns of a line.
  static func pair(_ line: String) -> SentencePair? {
    let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard columns.count >= 2 else { return nil }
    return SentencePair(source: String(columns[0]), target: String(columns[1]))
  }
}

/// How scores appear on standard output.
struct ScorePrinter {
  /// Whether each token's appears as well.
  let withTokens: Bool
  /// Whether a score is a JSON object.
  let asJSON: Bool

  /// A score, its end of line included.
  func text(_ pair: SentencePair, _ score: Score) -> String {
    if asJSON { return json(pair, score).rounded.serialized() + "\n" }
    let total = NumberText.fixed(score.logProbability, decimals: 4)
    guard withTokens else { return total + "\n" }
    let tokens = zip(score.tokens, score.logProbabilities).map {
      "\($0) \(NumberText.fixed(Double($1), decimals: 4))"
    }
    return ([total] + tokens).joined(separator: "\t") + "\n"
  }

  private func json(_ pair: SentencePair, _ score: Score) -> JSON {
    [
      "source": .string(pair.source), "target": .string(pair.target),
      "logProbability": .double(score.logProbability), "perplexity": .double(score.perplexity),
      "tokens": .strings(score.tokens),
      "logProbabilities": .floats(score.logProbabilities),
    ]
  }
}

/// A line of the input is not a pair.
struct NoPair: Error, CustomStringConvertible {
  /// Its number, from 1.
  let line: Int
  /// What was expected.
  var description: String {
    "standard input:\(line): expected a source, a tab and a target, found no tab"
  }
}
