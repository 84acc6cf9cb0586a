import DragomanReporting
import DragomanText
import DragomanTraining

extension OutputDefinition {
  /// What the data of a configuration look like.
  static let check = OutputDefinition(
    name: "check", about: "One object.",
    shape: .either([
      .object([
        .member("parts", .list(.object(pairs)), "Training, validation and test pairs."),
        .member(
          "problems",
          .list(
            .object([
              .member("kind", .text, "What it is, in camelCase."),
              .member("part", .text, "The part it is in."),
              .member("count", .whole, "How many there are."),
              .member("total", .whole, "Of how many."),
              .member("isSkipped", .truth, "Whether training leaves them out."),
              .member("examples", .texts, "The first places."),
              .member("excerpts", .texts, "What stands there, where that says more."),
            ])), "What was found."),
        estimate,
      ]),
      .object([
        .member(
          "parts",
          .list(
            .object([
              .member("name", .text, "train, validation or test."),
              .member("examples", .whole, "Examples."),
              .member("classes", .map(.whole), "Examples of each class."),
              .optional("rows", rows, "Of features."),
            ])), "Training, validation and test examples of a classifier."),
        .member(
          "problems",
          .list(
            .object([
              .member("text", .text, "What was found."),
              .member("examples", .texts, "The first places."),
            ])), "What was found."),
        estimate,
      ]),
      .object([
        .member(
          "parts",
          .list(
            .object([
              .member("name", .text, "train, validation or test."),
              .member("examples", .whole, "Images, or lists of rows."),
              .member("captions", .whole, "Captions of all of them."),
              .member("words", .whole, "Different words of the captions."),
              .member("longest", .whole, "Words of the longest caption."),
              .optional("rows", rows, "Of features."),
            ])), "Training, validation and test examples that are captioned."),
        .member(
          "problems",
          .list(
            .object([
              .member("text", .text, "What was found."),
              .member("examples", .texts, "The first places."),
            ])), "What was found."),
        estimate,
      ]),
    ]))

  private static let rows = OutputShape.object([
    .member("columns", .whole, "Numbers of a row."),
    .member("least", .whole, "Rows of the shortest example."),
    .member("most", .whole, "Rows of the longest."),
    .member("total", .whole, "Rows of all."),
  ])

  private static let estimate = OutputMember.optional(
    "estimate",
    .object([
      .member("seconds", .number, "About how long training will take on this machine."),
      .member("updates", .nullable(.whole), "Updates it will make; null if that is open."),
      .member("secondsPerUpdate", .number, "An update."),
      .member("validations", .whole, "Validations it will make."),
      .member("secondsPerValidation", .number, "A validation."),
      .member("threads", .whole, "Threads that compute."),
    ]), "With --estimate.")

  /// The ends of intervals that hold 95 % of the draws, by the metric.
  private static let intervals = OutputMember.optional(
    "intervals",
    .object(
      ValidationMetric.allCases.filter(\.needsTranslations).map {
        .optional($0.rawValue, .numbers, "Its lower and its upper end.")
      }), "The 95 % intervals of figures, where there are few segments.")

  private static let pairs: [OutputMember] = [
    .member("name", .text, "train, validation or test."),
    .member(
      "files",
      .list(
        .object([
          .member("file", .text, "The file."), .member("lines", .whole, "Its lines."),
          .member("pairs", .whole, "Pairs that were read."),
          .member("skipped", .whole, "Lines that were not."),
        ])), "The files."),
    .member("pairs", .whole, "Pairs."),
    .member("source", .object(side), "The sources."),
    .member("target", .object(side), "The targets."),
  ]

  private static let side: [OutputMember] = [
    .member("words", .whole, "Words of all lines."),
    .member("characters", .whole, "Characters of all lines."),
    .member("mostWords", .whole, "Words of the longest line."),
    .member("mostCharacters", .whole, "Characters of the longest line."),
  ]

  /// How a run ended.
  static let train = OutputDefinition(
    name: "train", about: "One object, at the end.",
    shape: .object([
      .member("outcome", .choice(["finished", "outOfPatience", "stopped"]), "Why it ended."),
      .member("run", .text, "The folder of the run."),
      .member("best", .nullable(.text), "The file of the best model."),
      .member("record", .object(record), "What training did."),
    ]))

  /// What a checkpoint tells of its training.
  static let record: [OutputMember] = [
    .member("updates", .whole, "Updates made."),
    .member("epochs", .whole, "Epochs completed."),
    .member("pairs", .whole, "Pairs learnt from, repetitions counted."),
    .member("targetTokens", .whole, "Target tokens learnt from, repetitions counted."),
    .optional("metric", .choice(metrics), "What decides which model is best."),
    .member(
      "validations",
      .list(
        .object(
          [
            .member("update", .whole, "Updates made before it."),
            .member("epoch", .whole, "The epoch it was in, from 1."),
            .member("loss", .number, "Nats a target token."),
          ]
            + ValidationMetric.allCases.filter(\.needsTranslations).map {
              .optional($0.rawValue, .number, "As training.metrics names it.")
            } + [intervals])), "Each validation."),
    .optional("averaged", .whole, "How many models this is the mean of."),
  ]

  private static let metrics = ValidationMetric.allCases.map(\.rawValue)

  /// A run.
  static let runs = OutputDefinition(
    name: "runs", about: "A run on each line.",
    shape: .object([
      .member("name", .text, "The run's name."),
      .member("path", .text, "Its folder."),
      .member(
        "state", .choice(["finished", "stopped", "unfinished", "damaged"]), "How it stands."),
      .member("problems", .texts, "What is damaged."),
      .member("updates", .nullable(.whole), "Updates made."),
      .member("epochs", .nullable(.whole), "Epochs completed."),
      .member(
        "best",
        .object(
          metrics.map {
            .optional(
              $0,
              .object([
                .member("value", .number, "Its best value."),
                .member("update", .whole, "Updates made before it."),
                .optional(
                  "interval", .numbers,
                  "The ends of its 95 % interval, where there are few segments."),
              ]), "A metric, as training.metrics names it.")
          }), "The best of each metric."),
      .member("parameters", .nullable(.whole), "Numbers of the model."),
      .member("bytes", .nullable(.whole), "Size of best.safetensors."),
      .member("changed", .time, "When a file of it was changed last."),
    ]))

  /// A run beside others.
  static let compare = OutputDefinition(
    name: "compare",
    about: "A run on each line; then, with --sentence, a sentence on each line.",
    shape: .either([.object(comparedRun), .object(comparedSentence)]))

  private static let comparedRun: [OutputMember] =
    [
      .member("run", .text, "The run's name."),
      .optional("bestUpdate", .whole, "Updates made before its best model."),
    ]
    + metrics.map { .optional($0, .number, "The figure of its best model.") } + [
      .optional("lossPerCharacter", .number, "Nats a character of the validation targets."),
      .optional("lossPerWord", .number, "Nats a word of them."),
      intervals,
      .member("updates", .whole, "Updates made."),
      .member("targetTokens", .whole, "Target tokens learnt from, repetitions counted."),
      .member("parameters", .whole, "Numbers of the model."),
      .member("seconds", .number, "Time that training took."),
      .member("notCompared", .texts, "Why figures of these runs cannot be compared, if so."),
      .member(
        "configuration", .configuration, "Its values of the keys that differ, by their paths."),
    ]

  private static let comparedSentence: [OutputMember] = [
    .member("source", .text, "The sentence."),
    .optional("reference", .text, "Its reference, if it is one of the validation pairs."),
    .member(
      "translations", .map(.nullable(.text)), "What the best model of each run writes, by its name."
    ),
  ]

  /// What a benchmark found.
  static let benchmark = OutputDefinition(
    name: "benchmark",
    about: "One object; times in seconds, speeds in operations and bytes a second.",
    shape: .object([
      .member("threads", .whole, "Threads that computed."),
      .member("instructions", .text, "The instruction set."),
      .member(
        "peak", .number, "Floating-point operations a second that fused multiply-adds reach."),
      .member("bandwidth", .number, "Bytes a second from memory."),
      .optional("sentences", .whole, "Sentences of a batch."),
      .optional("length", .whole, "Tokens of a target."),
      .optional("sourceLength", .whole, "Tokens of a source."),
      .optional("vocabulary", .whole, "Entries of each vocabulary."),
      .optional("beam", .whole, "Hypotheses that decoding follows."),
      .optional("steps", .whole, "Steps that were timed."),
      .optional("parameters", .whole, "Numbers of the model."),
      .optional("step", .number, "A training step."),
      .optional("trainingTokens", .number, "Target tokens a second in training."),
      .optional("operations", .number, "Operations a second in training, of products alone."),
      .optional("share", .number, "The same by the peak."),
      .optional("parts", .map(.number), "Parts of a training step."),
      .optional("decodingTokens", .number, "Tokens a second in decoding a batch."),
      .optional("sentence", .number, "Decoding one sentence."),
      .optional("memory", .whole, "Bytes that training took."),
      .optional("screenedTokens", .number, "Tokens a second with screened output."),
      .optional("screenedSentence", .number, "One sentence with screened output."),
      .optional("products", .list(.object(product)), "With --products."),
      .optional("convolutions", .list(.object(convolution)), "With --convolutions."),
      .optional("vision", .object(vision), "With --vision."),
    ]))

  private static let product: [OutputMember] = [
    .member("rows", .whole, "Rows of the result."),
    .member("columns", .whole, "Columns of the result."),
    .member("depth", .whole, "Terms of a sum."),
    .member("form", .text, "Which factor is transposed."),
    .member("seconds", .number, "Time of one product."),
    .member("operations", .number, "Operations a second."),
    .member("share", .number, "The same by the peak."),
  ]

  private static let vision: [OutputMember] =
    [
      "images", "height", "width", "channels", "classes", "patch", "layers", "size", "heads",
      "inner",
    ].map { .member($0, .whole, "The shape.") } + [
      .member("parameters", .whole, "Numbers of the model."),
      .member("step", .number, "Seconds of a training step."),
      .member("imagesPerSecond", .number, "Images a second."),
      .member("operations", .number, "Operations a second."),
      .member("share", .number, "The same by the peak."),
      .member("memory", .whole, "Bytes that training took."),
    ]

  private static let convolution: [OutputMember] =
    [
      "images", "height", "width", "inputs", "outputs", "kernel", "stride", "padding", "groups",
    ].map { .member($0, .whole, "The shape.") } + [
      .member("forward", .number, "Seconds of the forward pass."),
      .member("seconds", .number, "Seconds of both passes."),
      .member("operations", .number, "Operations a second."),
      .member("share", .number, "The same by the peak."),
    ]

  /// What this build can use, and whether it works.
  static let doctor = OutputDefinition(
    name: "doctor", about: "One object.",
    shape: .object([
      .member("version", .text, "The program's version."),
      .member("instructions", .text, "The instruction set in use."),
      .member("available", .texts, "Those that this processor has."),
      .member("threads", .whole, "Threads that compute."),
      .member("processors", .whole, "Processors there are."),
      .member("mpi", .nullable(.text), "The MPI of this build; null without one."),
      .member(
        "processes",
        .list(
          .object([
            .member("rank", .whole, "Its number, from 0."),
            .member("host", .text, "Its machine."),
            .member("threads", .whole, "Threads that compute."),
          ])), "The processes that a launcher started together; none of one alone."),
      .member("memory", .nullable(.whole), "Bytes of memory."),
      .member("peak", .number, "Floating-point operations a second."),
      .member("bandwidth", .number, "Bytes a second from memory."),
      .member(
        "terminal",
        .object([
          .member("isTyped", .truth, "Whether input comes from a keyboard."),
          .member("isInteractive", .truth, "Whether messages appear on a screen."),
          .member("hasColour", .truth, "Whether results are coloured."),
          .member("noColour", .truth, "Whether NO_COLOR is set."),
          .member("width", .whole, "Columns."),
        ]), "What the other end is."),
      .member(
        "checks",
        .list(
          .object([
            .member("name", .text, "What was tried."),
            .member("problem", .nullable(.text), "What went wrong."),
          ])), "Everything that was tried."),
      .member("isWell", .truth, "Whether nothing went wrong."),
    ]))

  /// An error under `--json`.
  static let error = OutputDefinition(
    name: "error", about: "With --json, an error is one such line on standard error.",
    shape: .object([
      .member(
        "error",
        .object(
          errorParts + [
            .optional("problems", .list(.object(errorParts)), "One by one, if there are several."),
            .member("exitCode", .whole, "How the program ends: 1, or 2 for wrong usage."),
          ]), "What went wrong.")
    ]))

  private static let errorParts: [OutputMember] = [
    .member("message", .text, "All of it in words."),
    .optional("file", .text, "The file that is wrong."),
    .optional("line", .whole, "The line in it, from 1."),
    .optional("column", .whole, "The column in that line, from 1."),
    .optional("expected", .text, "What should have been there."),
    .optional("found", .text, "What was there."),
    .optional("hint", .text, "What can be done."),
  ]
}
