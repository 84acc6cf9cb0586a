public import DragomanFormats
import DragomanTranslation

extension RunConfiguration: Configuration {
  /// What a configuration file is for.
  public static let about = "A training run. Only `data` has to be there."
  /// The keys of a configuration file.
  public static let fields: [ConfigurationField<RunConfiguration>] = [
    .init(
      \.name, "name",
      .text(
        "a name of letters, digits, \".\", \"_\" and \"-\" that begins with none of these marks"
      ) {
        isName($0)
      }, defaultWords: "the file's name without `.json`",
      help: "Name of the run, and of its folder in `runs/`."),
    .init(\.data, "data", .object, required: true, help: "The sentence pairs."),
    .init(\.tokenizer, "tokenizer", .object, help: "How text becomes tokens."),
    .init(\.model, "model", .object, help: "The architecture."),
    .init(\.training, "training", .object, help: "How the model is trained."),
    .init(\.decoding, "decoding", .object, help: "How the trained model writes."),
  ]

  /// Two vocabularies for one table of word vectors.
  public var conflicts: [ConfigurationConflict] {
    guard model.tied.joinsLanguages, !tokenizer.shared else { return [] }
    return [
      ConfigurationConflict(
        ["model.tied", "tokenizer.shared"],
        because: "source and target can share word vectors only if they share a vocabulary",
        remedies: [
          "set tokenizer.shared to true",
          "set model.tied to \"\(model.tied == .all ? "output" : "none")\"",
        ])
    ]
  }

  /// Reads the configuration file at `path`, which may be overridden key by key.
  public static func read(
    path: String, overrides: [ConfigurationOverride] = []
  ) throws -> RunConfiguration {
    try parse(Files.read(path), file: path, overrides: overrides) { $0.name = name(of: path) }
  }

  /// The name of a run by a file: `configs/small.json` is `small`.
  public static func name(of path: String, without endings: [String] = [".json"]) -> String {
    let file = String(path.split(separator: "/").last ?? "model")
    let ending = endings.first { file.hasSuffix($0) }
    let stem = String(file.dropLast(ending?.count ?? 0))
    return isName(stem) ? stem : "model"
  }

  /// Whether `text` can name a run: it is safe as the name of a folder on any system.
  public static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !".-_".unicodeScalars.contains(first) else {
      return false
    }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || ".-_".unicodeScalars.contains($0)
    }
  }
}
