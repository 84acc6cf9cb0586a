import DragomanDecoding
import DragomanFormats
import DragomanModels
import DragomanSystem
import DragomanText
import DragomanTranslation

/// How a model decodes, as the command line says it: options that translating and evaluating have in common.
enum DecodingOptions {
  /// Which models.
  static let model = OptionDefinition.option(
    "model", "MODEL", isRepeated: true, default: SharedOptions.model.standard,
    "The model to use: a file, or the folder of a run. Several write together, by the mean of their probabilities."
  )
  private static let beam = OptionDefinition.option(
    "beam", "N", default: "decoding.beam of the model's configuration",
    "Follow N hypotheses side by side; 1 is greedy search.")
  private static let sample = OptionDefinition.flag(
    "sample", "Draw the words by their probabilities instead of taking the best.")
  private static let limit = OptionDefinition.option(
    "maximum-length", "N", default: "decoding.maximumLength of the model's configuration",
    "Write at most so many tokens.")
  private static let set = OptionDefinition.option(
    "set", "KEY=VALUE", isRepeated: true, kind: .assignment(.within("decoding")),
    "Override a key of decoding, such as decoding.noRepeat=3.")
  private static let dictionary = OptionDefinition.option(
    "dictionary", "FILE",
    "Put words of this dictionary in the place of unknown ones: a source word, a tab and its translation per line."
  )

  /// Those of all models that write.
  static let common = [model, beam, sample, limit, set]
  /// All of them.
  static let all = common + [dictionary]

  /// The translator that the command line asks for.
  ///
  /// - Parameters:
  ///   - path: the model, if it is not the command line that names it.
  static func translator(
    _ arguments: ParsedArguments, _ console: Console, model path: String? = nil
  ) throws -> Translator {
    try translator(of: path.map { [$0] } ?? paths(arguments, console), arguments, console)
  }

  /// The translator of some models, which decodes as the command line says.
  ///
  /// What is wrong with the command line comes before what is wrong with models.
  static func translator(
    of models: @autoclosure () throws -> [String], _ arguments: ParsedArguments, _ console: Console
  ) throws -> Translator {
    let adjust = try adjustment(arguments)
    let threads = try SharedOptions.threads(arguments)
    let words = try arguments.text(dictionary).map { try WordDictionary(path: $0) }
    let paths = try models()
    var translator = try Translator(
      path: paths[0], others: Array(paths.dropFirst()), threads: threads)
    if let words {
      translator.decoding.replaceUnknown = true
      translator.dictionary = words
    }
    try adjust(&translator.decoding, paths[0])
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

  /// What the command line makes of a model's way of decoding, the file of the model given for messages.
  private static func adjustment(
    _ arguments: ParsedArguments
  ) throws -> (inout DecodingConfiguration, String) throws -> Void {
    try arguments.refuse(beam, with: sample)
    let beam = try arguments.integer(
      beam, atLeast: 1, atMost: DecodingConfiguration.widest)
    let limit = try arguments.integer(limit, atLeast: 1)
    let overrides = try arguments.overrides(set)
    return { decoding, file in
      if let beam { decoding.searchBeam(beam) }
      if arguments.has(sample) { decoding.sample() }
      if let limit {
        decoding.maximumLength = limit
        decoding.minimumLength = min(decoding.minimumLength, limit - 1)
      }
      decoding = try decoding.overridden(by: overrides, file: file)
    }
  }

  /// The captioner of some models, which decodes as the command line says.
  static func captioner(
    of models: @autoclosure () throws -> [String], _ arguments: ParsedArguments
  ) throws -> Captioner {
    let adjust = try adjustment(arguments)
    let threads = try SharedOptions.threads(arguments)
    let paths = try models()
    var captioner = try Captioner(
      path: paths[0], others: Array(paths.dropFirst()), threads: threads)
    try adjust(&captioner.decoding, paths[0])
    return captioner
  }

  /// Gives a search for `count` translations of a line a beam that is wide enough, and says so.
  ///
  /// A beam that the command line states is kept, and refused if it is too narrow.
  static func widen(
    _ decoding: inout DecodingConfiguration, for count: Int, by option: OptionDefinition,
    _ arguments: ParsedArguments, _ console: Console
  ) throws {
    let width = decoding.beam
    guard decoding.search == .beam, count > width else { return }
    let isStated = try arguments.overrides(set).contains { $0.path == "decoding.beam" }
    guard !arguments.has(beam), !isStated else {
      throw UsageError.invalidValue(
        option, found: "\(count)", expected: "at most the beam, which is \(width)",
        command: arguments.command)
    }
    decoding.searchBeam(count)
    console.message("beam: \(count) instead of \(width), for as many translations")
  }

  /// Tells which words of a text that translations are to begin with the model has none of.
  static func tell(prefix: String?, _ note: (String) -> SourceNote?, _ console: Console) {
    guard let prefix, let found = note(prefix) else { return }
    let places = found.unseen.count > 1 ? "their places" : "its place"
    console.message("--prefix: \(TranslationNotes.text(found)), and reads <unk> in \(places)")
  }

  /// The files of the models that are named, or that of the newest run.
  static func paths(_ arguments: ParsedArguments, _ console: Console? = nil) throws -> [String] {
    let named = try arguments.texts(model).map { try ModelPath.file(of: $0, console) }
    return named.isEmpty ? [try SharedOptions.model(arguments, console)] : named
  }

  /// Which models write, and how, in a line.
  static func summary(_ arguments: ParsedArguments, _ translator: Translator) -> String {
    summary(arguments, translator.configuration, translator.decoding)
  }

  /// Which models write, and how, in a line.
  static func summary(
    _ arguments: ParsedArguments, _ configuration: JSON, _ decoding: DecodingConfiguration
  ) -> String {
    let models = arguments.texts(model).map(Files.brief)
    let name = configuration["name"]?.string
    let search =
      switch decoding.search {
      case .sampling: "drawn"
      case .beam where decoding.beam == 1: "greedy"
      case .beam: "beam of \(decoding.beam)"
      }
    return (models.isEmpty ? [name ?? "model"] : models).joined(separator: " + ") + " · " + search
  }
}
