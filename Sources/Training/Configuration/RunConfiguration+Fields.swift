import DragomanModels
package import DragomanFormats
import DragomanText
import DragomanTranslation

extension RunConfiguration: Configuration {
  /// What a configuration file is for.
  package static let about = "A training run. Only `data` has to be there."
  /// The keys of a configuration file.
  package static let fields: [ConfigurationField<RunConfiguration>] = [
    .init(
      \.name, "name",
      .text(
        "a name of letters, digits, \".\", \"_\" and \"-\" that begins with none of these marks"
      ) {
        isName($0)
      }, defaultWords: "the file's name without `.json`",
      help: "Name of the run, and of its folder in `runs/`."),
    .init(
      \.task, "task", .choice,
      help:
        "What the model learns. `translation`: to write a text for each that it reads; `classification`: to tell which "
        + "of some classes a text has, or an image or features, which stands where translations have the target; "
        + "`captioning`: to write a text about an image or features.",
      then: { run in
        switch run.task {
        case .translation: break
        // A class is right or wrong.
        case .classification: run.training.metrics = [.accuracy, .loss]
        case .captioning:
          run.model.encoder = .convolutional(ConvolutionalEncoderConfiguration())
          run.model.decoder.recurrent?.initialState = .mean
        }
      }),
    .init(
      \.preset, "preset", .choice,
      help:
        "What keys have that are not stated. `none`: the defaults in this table; `auto`: what suits the training "
        + "pairs, or the examples of classes, after a look at them; `translation`, `transliteration`, `g2p`: the "
        + "same for a task that is known. The choice is printed with its reasons."),
    .init(
      \.data, "data", .object, required: true,
      help: "The sentence pairs, or examples with their classes or captions."),
    .init(\.tokenizer, "tokenizer", .object, help: "How text becomes tokens."),
    .init(
      \.model, "model", .object, when: .when(\.task, "task", is: .translation, .captioning),
      help: "The architecture."),
    .init(
      \.classifier, "classifier", .object, when: .when(\.task, "task", is: .classification),
      help: "The architecture of a classifier."),
    .init(\.training, "training", .object, help: "How the model is trained."),
    .init(
      \.decoding, "decoding", .object, when: .when(\.task, "task", is: .translation, .captioning),
      help: "How the trained model writes."),
  ]

  /// Two vocabularies for one table of word vectors; a preset for pairs that can be read only once.
  package var conflicts: [ConfigurationConflict] {
    tokenizerConflicts + presetConflicts + taskConflicts + augmentConflicts + freezeConflicts
  }

  /// An encoder that keeps its weights, and has none of its own.
  private var freezeConflicts: [ConfigurationConflict] {
    guard training.freeze == .encoder else { return [] }
    var conflicts: [ConfigurationConflict] = []
    if encoder.kind == .features {
      conflicts.append(
        ConfigurationConflict(
          ["training.freeze", "\(architectureKey).encoder.kind"],
          because: "features as they are have no weights",
          remedies: ["leave training.freeze out"]))
    }
    if task == .translation, model.tied.joinsLanguages {
      conflicts.append(
        ConfigurationConflict(
          ["training.freeze", "model.tied"],
          because: "the decoder would change the word vectors that both have",
          remedies: ["leave training.freeze out"]))
    }
    return conflicts
  }

  /// Ways of writing that make no difference.
  private var augmentConflicts: [ConfigurationConflict] {
    guard tokenizer.lowercase != .none, data.augment.contains(.lowercase) else { return [] }
    return [
      ConfigurationConflict(
        ["data.augment", "tokenizer.lowercase"],
        because: "the tokenizer makes all sources lower-case in any case",
        remedies: ["leave \"lowercase\" out of data.augment", "set tokenizer.lowercase to false"])
    ]
  }

  private var presetConflicts: [ConfigurationConflict] {
    guard preset != .none, data.train.contains(where: { $0.paths.contains("-") }) else { return [] }
    return [
      ConfigurationConflict(
        ["preset", "data.train"],
        because: "a preset looks at the training pairs, and standard input can be read only once",
        remedies: ["write the pairs to a file", "set preset to \"none\""])
    ]
  }

  /// What the task has no use for.
  private var taskConflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    func refuse(_ key: String, _ reason: String, _ remedy: String) {
      conflicts.append(
        ConfigurationConflict(["task", key], because: reason, remedies: [remedy]))
    }
    for metric in training.metrics where !metric.tasks.contains(task) {
      refuse(
        "training.metrics", "\(metric.rawValue) is not a figure of \(task.rawValue)",
        "name metrics such as "
          + "\(Words.list(ValidationMetric.allCases.filter { $0.tasks.contains(task) }.map { "\"\($0.rawValue)\"" }))"
      )
    }
    conflicts += exampleConflicts
    if task != .classification, training.classWeights != .none {
      refuse("training.classWeights", "words are not classes", "leave training.classWeights out")
    }
    switch task {
    case .translation: break
    case .classification:
      if tokenizer.shared {
        refuse("tokenizer.shared", "classes are not text", "set tokenizer.shared to false")
      }
      if tokenizer.targetKind != nil {
        refuse("tokenizer.targetKind", "classes are not text", "leave tokenizer.targetKind out")
      }
      if !data.augment.isEmpty {
        refuse(
          "data.augment", "the texts of a classifier are always read as they are written",
          "leave data.augment out")
      }
      if preset.task != nil {
        refuse(
          "preset", "this preset is for pairs of texts",
          "set preset to \"auto\" or to \"none\"")
      }
    case .captioning:
      if tokenizer.shared {
        refuse("tokenizer.shared", "captions alone are text", "set tokenizer.shared to false")
      }
      if tokenizer.targetKind != nil {
        refuse(
          "tokenizer.targetKind", "captions alone are text",
          "set tokenizer.kind in the place of tokenizer.targetKind")
      }
      if tokenizer.dropout > 0 {
        refuse(
          "tokenizer.dropout", "captions are always cut into the same pieces",
          "set tokenizer.dropout to 0")
      }
      if !data.augment.isEmpty {
        refuse("data.augment", "captions alone are text", "leave data.augment out")
      }
      if preset != .none {
        refuse("preset", "no preset looks at captions", "set preset to \"none\"")
      }
    }
    return conflicts
  }

  private var tokenizerConflicts: [ConfigurationConflict] {
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

  /// The name of a run by its configuration: `configs/small.json` is `small`.
  package static func name(of path: String) -> String {
    let file = String(path.split(separator: "/").last ?? "model")
    let stem = file.hasSuffix(".json") ? String(file.dropLast(5)) : file
    return isName(stem) ? stem : "model"
  }

  /// Whether `text` can name a run: it is safe as the name of a folder on any system.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !".-_".unicodeScalars.contains(first) else {
      return false
    }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || ".-_".unicodeScalars.contains($0)
    }
  }
}
