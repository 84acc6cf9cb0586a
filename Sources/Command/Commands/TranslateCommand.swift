import DragomanFormats
import DragomanReporting
import DragomanTranslation

/// `dragoman translate`: phrases from the command line, or lines from standard input.
enum TranslateCommand {
  private static let attention = OptionDefinition.flag(
    "attention", "Also show how much each word looked at each word of the source.")
  private static let limit = OptionDefinition.option(
    "maximum-length", "N", default: "decoding.maximumLength of the model's configuration",
    "Cut a translation off after so many tokens.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "translate", "Translate phrases, or standard input line by line.",
    operand: OperandDefinition(
      name: "PHRASE", count: 0...Int.max,
      help: "Text to translate; without any, standard input is read. A line in gives a line out."),
    options: [SharedOptions.model, SharedOptions.threads, limit, attention, SharedOptions.json],
    discussion: """
      A phrase that begins with "-" goes after "--".

      Examples:
        dragoman translate "good morning"
        dragoman translate --model runs/phrasebook/best.safetensors < in.txt > out.txt
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let threads = try SharedOptions.threads(arguments)
    let limit = try arguments.integer(limit, atLeast: 1)
    var translator = try Translator(
      path: SharedOptions.model(arguments, console), threads: threads)
    if let limit { translator.decoding.maximumLength = limit }
    let printer = TranslationPrinter(
      withAttention: arguments.has(attention), asJSON: arguments.has(SharedOptions.json))
    func translate(_ lines: [String]) throws {
      let translations = translator.translate(lines, withAttention: printer.withAttention)
      try console.write(translations.map(printer.text).joined())
    }
    guard arguments.operands.isEmpty else {
      try translate(arguments.operands)
      return .success
    }
    if console.isTyped { console.message("type a phrase and press Return; Ctrl-D ends") }
    let input = LineReader()
    while let lines = try input.next() { try translate(lines) }
    return .success
  }
}

/// How translations appear on standard output.
struct TranslationPrinter {
  /// Whether the weights appear as well.
  let withAttention: Bool
  /// Whether a translation is a JSON object.
  let asJSON: Bool

  /// A translation, its end of line included.
  func text(_ translation: Translation) -> String {
    if asJSON { return json(translation).serialized() + "\n" }
    var lines = [translation.text]
    if withAttention { lines += AttentionPicture.lines(translation).map { "  " + $0 } + [""] }
    return lines.map { $0 + "\n" }.joined()
  }

  private func json(_ translation: Translation) -> JSON {
    var members: [(String, JSON)] = [
      ("source", .string(translation.source)),
      ("translation", .string(translation.text)),
      ("logProbability", .double(translation.logProbability)),
      ("cutOff", .bool(translation.isCutOff)),
      ("sourceTokens", .array(translation.sourceTokens.map { .string($0) })),
      ("targetTokens", .array(translation.targetTokens.map { .string($0) })),
      ("logProbabilities", .array(translation.logProbabilities.map { .float($0) })),
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
