import DragomanFormats
import DragomanReporting
import DragomanTranslation

/// `dragoman translate`: phrases from the command line, or lines from standard input.
enum TranslateCommand {
  private static let attention = OptionDefinition.flag(
    "attention", "Also show how much each word looked at each word of the source.")
  private static let nBest = OptionDefinition.option(
    "n-best", "N", default: "1",
    "Give N translations of each line, with the line's number and their scores.")
  private static let prefix = OptionDefinition.option(
    "prefix", "TEXT", "Begin each translation with this text.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "translate", "Translate phrases, or standard input line by line.",
    operand: OperandDefinition(
      name: "PHRASE", count: 0...Int.max,
      help:
        "Text to translate; without any, standard input is read. A line in gives a line out. A terminal "
        + "gets a prompt with line editing and history."),
    options: DecodingOptions.all + [
      nBest, prefix, SharedOptions.threads, attention, SharedOptions.json,
    ],
    discussion: """
      A phrase that begins with "-" goes after "--". With --n-best, a line of output is the number of \
      the input line, a tab, the score, a tab and a translation; --json gives objects instead.

      Examples:
        dragoman translate "good morning"
        dragoman translate --model runs/phrasebook/best.safetensors < in.txt > out.txt
        dragoman translate --beam 5 --n-best 3 "good morning"
        dragoman translate --sample --set decoding.topP=0.9 "good morning"
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let count = try arguments.integer(nBest, atLeast: 1)
    let translator = try DecodingOptions.translator(arguments, console)
    if let count, translator.decoding.search == .beam, count > translator.decoding.beam {
      throw UsageError.invalidValue(
        nBest, found: "\(count)",
        expected:
          "at most the beam, which is \(translator.decoding.beam); give a wider one by --beam",
        command: arguments.command)
    }
    let printer = TranslationPrinter(
      withAttention: arguments.has(attention), asJSON: arguments.has(SharedOptions.json),
      isNumbered: count != nil)
    var number = 0
    func translate(_ lines: [String]) throws {
      let translations = translator.alternatives(
        lines, count: count ?? 1, prefix: arguments.text(prefix) ?? "",
        withAttention: printer.withAttention, withProbabilities: printer.withProbabilities)
      var text = ""
      for alternatives in translations {
        number += 1
        for (index, translation) in alternatives.enumerated() {
          text += printer.text(translation, line: number, rank: index + 1)
        }
      }
      try console.write(text)
    }
    guard arguments.operands.isEmpty else {
      try translate(arguments.operands)
      return .success
    }
    if console.isTyped { console.message("type a phrase and press Return; Ctrl-D ends") }
    if console.isTyped, console.isInteractive {
      let prompt = Prompt(Self.prompt(translator.file), console)
      while let line = prompt.next() {
        if line.contains(where: { !$0.isWhitespace }) { try translate([line]) }
      }
      return .success
    }
    let input = LineReader()
    while let lines = try input.next() { try translate(lines) }
    return .success
  }

  /// `en → fr> `, if the model tells its languages.
  private static func prompt(_ file: ModelFile) -> String {
    let languages = file.configuration["data"]?["languages"]
    guard let source = languages?["source"]?.string, let target = languages?["target"]?.string
    else { return "> " }
    return "\(source) → \(target)> "
  }
}

/// How translations appear on standard output.
struct TranslationPrinter {
  /// Whether the weights appear as well.
  let withAttention: Bool
  /// Whether a translation is a JSON object.
  let asJSON: Bool

  /// Whether each line gives several, which then tell the line, their rank and their score.
  let isNumbered: Bool

  /// Whether numbers appear that say how probable a translation is.
  var withProbabilities: Bool { asJSON || isNumbered }

  /// A translation, its end of line included.
  func text(_ translation: Translation, line: Int, rank: Int) -> String {
    if asJSON { return json(translation, line, rank).serialized() + "\n" }
    var lines = [
      isNumbered ? "\(line)\t\(translation.score)\t\(translation.text)" : translation.text
    ]
    if withAttention { lines += AttentionPicture.lines(translation).map { "  " + $0 } + [""] }
    return lines.map { $0 + "\n" }.joined()
  }

  private func json(_ translation: Translation, _ line: Int, _ rank: Int) -> JSON {
    var members: [(String, JSON)] = isNumbered ? [("line", .int(line)), ("rank", .int(rank))] : []
    members += [
      ("source", .string(translation.source)),
      ("translation", .string(translation.text)),
      ("logProbability", .double(translation.logProbability)),
      ("score", .double(translation.score)),
      ("cutOff", .bool(translation.isCutOff)),
      ("sourceTokens", .array(translation.sourceTokens.map { .string($0) })),
      ("targetTokens", .array(translation.targetTokens.map { .string($0) })),
      ("logProbabilities", .array(translation.logProbabilities.map { .float($0) })),
      ("confidences", .array(translation.confidences.map { .double($0) })),
    ]
    if withAttention {
      let rows = translation.attention.map { JSON.array($0.map { .float($0) }) }
      members.append(("attention", .array(rows)))
    }
    return .object(members)
  }
}

extension JSON {
  /// The shortest number that reads back as this one.
  static func float(_ value: Float) -> JSON { JSON(.number("\(value)")) }
}
