package import DragomanFormats
import DragomanText
import DragomanTranslation

extension DataConfiguration: Configuration {
  /// What the `data` object is for.
  package static let about =
    "The sentence pairs. Paths are relative to the folder in which the command runs or, if there is no such file, "
    + "to that of the configuration; `-` is standard input."
  /// The keys of the `data` object.
  package static let fields: [ConfigurationField<DataConfiguration>] = [
    .init(
      \.train, "train", .list(of: .corpus, atLeast: 1, from: .tsv("")), required: true,
      help:
        "What the model learns from; the pairs of all files. Images and features may be arrays, `.npz` or "
        + "`.safetensors`."
    ),
    .init(
      \.validation, "validation", .list(of: .corpus, atLeast: 1, from: .tsv("")), required: true,
      help: "What decides which checkpoint is the best, and when to stop."),
    .init(
      \.test, "test", .list(of: .corpus, from: .tsv("")),
      help:
        "What `dragoman evaluate` translates if no other pairs are named; training only looks whether it has seen them."
    ),
    .init(
      \.columns, "columns", .object,
      help: "Where the lines of a .tsv file and the rows of a .csv file have the two sides."),
    .init(\.languages, "languages", .object, help: "What the two sides are called."),
    .init(
      \.decodeEntities, "decodeEntities", .boolean,
      help:
        "Whether HTML entities such as `&amp;` in the pairs become the characters they stand for."),
    .init(
      \.images, "images", .object,
      help: "Images; only if the `kind` of the encoder is \"vision\" or \"convolutional\"."),
    .init(
      \.features, "features", .object,
      help:
        "Features; only if the `kind` of the encoder is \"features\", if `classifier.input` is \"features\", or if "
        + "captions are written by an encoder that does not read images."
    ),
    .init(
      \.maximumLength, "maximumLength", .integer(atLeast: 1),
      help: "Training pairs with more tokens on a side are skipped and counted."),
    .init(
      \.augment, "augment", .list(of: .choice, from: .lowercase),
      help:
        "Other ways of writing that a model for translation meets: `lowercase`, and `noFinalPunctuation`, without "
        + "the mark that ends the line. In each epoch each counts for every second training source, drawn anew; "
        + "targets stay as they are."),
  ]

  /// Standard input that would have to be read twice.
  package var conflicts: [ConfigurationConflict] {
    let repeated = Set(augment.filter { variant in augment.count { $0 == variant } > 1 })
    let twice = repeated.map { variant in
      ConfigurationConflict(
        ["augment"], because: "\"\(variant.rawValue)\" is in it twice",
        remedies: ["name it once"])
    }
    return twice + inputConflicts
  }

  private var inputConflicts: [ConfigurationConflict] {
    let files = ["train": train, "validation": validation, "test": test]
    let named = files.mapValues { $0.flatMap(\.paths).count { $0 == "-" } }.filter { $0.value > 0 }
    guard named.values.reduce(0, +) > 1 else { return [] }
    return [
      ConfigurationConflict(
        named.keys.sorted(), because: "standard input (\"-\") can be read only once",
        remedies: ["name a file instead"])
    ]
  }
}

extension ColumnConfiguration: Configuration {
  /// What the `data.columns` object is for.
  package static let about =
    "Where the lines of a .tsv file and the rows of a .csv file have the two sides, counted from 1."
  /// The keys of the `data.columns` object.
  package static let fields: [ConfigurationField<ColumnConfiguration>] = [
    .init(\.source, "source", .integer(atLeast: 1), help: "Column of the source."),
    .init(\.target, "target", .integer(atLeast: 1), help: "Column of the target."),
  ]

  /// A table that would be translated into itself.
  package var conflicts: [ConfigurationConflict] {
    guard source == target else { return [] }
    return [
      ConfigurationConflict(
        ["source", "target"], because: "source and target cannot be the same column",
        remedies: ["set data.columns.target to \(source + 1)"])
    ]
  }
}

extension LanguageConfiguration: Configuration {
  /// What the `data.languages` object is for.
  package static let about = """
    What the two sides are called: in JSON Lines the keys, in TMX, PO and XLIFF the languages that are read; \
    elsewhere for display only.
    """
  /// The keys of the `data.languages` object.
  package static let fields: [ConfigurationField<LanguageConfiguration>] = [
    .init(
      \.source, "source", .optional(.text("a name such as \"en\""), null: "unnamed", from: ""),
      help: "Language of the source."),
    .init(
      \.target, "target", .optional(.text("a name such as \"fr\""), null: "unnamed", from: ""),
      help: "Language of the target."),
  ]
}
