import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTraining
import DragomanTranslation

/// How a model decodes, as the command line says it: options that translating and evaluating have in common.
enum DecodingOptions {
  /// Which models.
  static let model = OptionDefinition.option(
    "model", "FILE", isRepeated: true, default: SharedOptions.model.standard,
    "The model file to use; several write together, by the mean of their probabilities.")
  private static let beam = OptionDefinition.option(
    "beam", "N", default: "decoding.beam of the model's configuration",
    "Follow N hypotheses side by side; 1 is greedy search.")
  private static let sample = OptionDefinition.flag(
    "sample", "Draw the words by their probabilities instead of taking the best.")
  private static let limit = OptionDefinition.option(
    "maximum-length", "N", default: "decoding.maximumLength of the model's configuration",
    "Cut a translation off after so many tokens.")
  private static let set = OptionDefinition.option(
    "set", "KEY=VALUE", isRepeated: true,
    kind: .assignment(RunConfiguration.keys.filter { $0.hasPrefix("decoding.") }),
    "Override a key of decoding, such as decoding.noRepeat=3.")
  private static let dictionary = OptionDefinition.option(
    "dictionary", "FILE",
    "Put words of this dictionary in the place of unknown ones: a source word, a tab and its translation per line."
  )

  /// All of them.
  static let all = [model, beam, sample, limit, set, dictionary]

  /// The translator that the command line asks for.
  static func translator(
    _ arguments: ParsedArguments, _ console: Console
  ) throws -> Translator {
    let named = arguments.texts(model)
    return try translator(
      of: named.isEmpty ? [try SharedOptions.model(arguments, console)] : named, arguments,
      console)
  }

  /// The translator of some models, which decodes as the command line says.
  static func translator(
    of paths: [String], _ arguments: ParsedArguments, _ console: Console
  ) throws -> Translator {
    try arguments.refuse(beam, with: sample)
    let threads = try SharedOptions.threads(arguments)
    let beam = try arguments.integer(
      beam, atLeast: 1, atMost: DecodingConfiguration.widest)
    let limit = try arguments.integer(limit, atLeast: 1)
    let overrides = try arguments.overrides(set)
    let words = try arguments.text(dictionary).map { try WordDictionary(path: $0) }
    var translator = try Translator(
      path: paths[0], others: Array(paths.dropFirst()), threads: threads)
    var decoding = translator.decoding
    if let beam { decoding.searchBeam(beam) }
    if arguments.has(sample) { decoding.sample() }
    if let limit {
      decoding.maximumLength = limit
      decoding.minimumLength = min(decoding.minimumLength, limit - 1)
    }
    if let words {
      decoding.replaceUnknown = true
      translator.dictionary = words
    }
    translator.decoding = try decoding.overridden(by: overrides, file: paths[0])
    if translator.decoding.replaceUnknown, translator.hasMetUnknownWords == false,
      !arguments.has(SharedOptions.quiet)
    {
      let key = words == nil ? "decoding.replaceUnknown" : "--dictionary"
      console.message(
        translator.model.target.tokenizer.kind == .bpe
          ? "\(key) has no effect: this model writes pieces of words, and none is unknown to it"
          : "\(key) has no effect: this model met no unknown word in training, so it never writes one; "
            + "a model with tokenizer.minimumFrequency 2 would")
    }
    return translator
  }

  /// Which models write, and how, in a line.
  static func summary(_ arguments: ParsedArguments, _ translator: Translator) -> String {
    let models = arguments.texts(model)
    let name = translator.configuration["name"]?.string
    let search =
      switch translator.decoding.search {
      case .sampling: "drawn"
      case .beam where translator.decoding.beam == 1: "greedy"
      case .beam: "beam of \(translator.decoding.beam)"
      }
    return (models.isEmpty ? [name ?? "model"] : models).joined(separator: " + ") + " · " + search
  }
}
