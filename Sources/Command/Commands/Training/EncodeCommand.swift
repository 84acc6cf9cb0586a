import DragomanFormats
import DragomanTensor
import DragomanText
import DragomanTraining

/// `dragoman encode`: the pairs of a configuration as the model sees them.
enum EncodeCommand {
  private static let validation = OptionDefinition.flag(
    "validation", "Print the validation pairs instead of the training pairs.")
  private static let tokens = OptionDefinition.flag(
    "tokens", "Also print each token as a person should see it.")

  /// What the command line may say.
  static let definition = CommandDefinition(
    "encode", "Print the pairs of a configuration as token numbers.",
    operand: SharedOptions.configuration,
    options: [SharedOptions.config, SharedOptions.set, validation, tokens],
    discussion: """
      Tokenizers and vocabularies are learnt from the training pairs, as `dragoman train` does it, and \
      pairs that are too long are left out. Each pair is a line of JSON with "source" and "target", \
      the ends of both included.

      Example:
        dragoman encode configs/phrasebook.json --tokens | head -3
      """, run: run)

  private static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let path = SharedOptions.configurationPath(arguments)
    let configuration = try RunConfiguration.read(
      path: path, overrides: arguments.overrides(SharedOptions.set))
    try OtherTask.refuse(
      configuration, path,
      remedy: "only pairs of texts are encoded; 'dragoman check' shows what others hold")
    let data = try TrainingData(configuration, threads: Kernels.cores)
    let corpus = arguments.has(validation) ? data.validation : data.train
    let printer = EncodedPairPrinter(
      source: data.source, target: data.target, withTokens: arguments.has(tokens))
    // A thousand pairs at a time: few writes, and little text in memory.
    for start in stride(from: 0, to: corpus.count, by: 1000) {
      let pairs = (start..<min(start + 1000, corpus.count)).lazy.map { corpus[$0] }
      try console.write(pairs.map(printer.text).joined())
    }
    return .success
  }
}

/// How an encoded pair appears on standard output.
struct EncodedPairPrinter {
  /// Names the tokens of a source.
  let source: TextCodec
  /// Names the tokens of a target.
  let target: TextCodec
  /// Whether the tokens appear as well.
  let withTokens: Bool

  /// A pair, its end of line included.
  func text(_ pair: EncodedPair) -> String {
    func numbers(_ ids: [Int32]) -> JSON { .ints(ids.map(Int.init)) }
    func names(_ ids: [Int32], _ codec: TextCodec) -> JSON? {
      withTokens ? .strings(ids.map(codec.display)) : nil
    }
    let line: JSON = [
      "source": numbers(pair.source), "target": numbers(pair.target),
      "sourceTokens": names(pair.source, source), "targetTokens": names(pair.target, target),
    ]
    return line.serialized() + "\n"
  }
}
