import DragomanEvaluation

extension OutputDefinition {
  /// A translation, or with `--alignment json` which words belong together.
  static let translate = OutputDefinition(
    name: "translate",
    about: "A translation on each line; with --n-best, several lines for each line of input.",
    shape: .either([.object(translation), .object(alignment)]))

  private static let translation: [OutputMember] = [
    .optional("line", .whole, "With --n-best: the line of the input, from 1."),
    .optional("rank", .whole, "With --n-best: 1 is the best."),
    .member("source", .text, "The text."),
    .member("translation", .text, "Its translation."),
    .member("logProbability", .number, "Natural logarithm of the probability."),
    .member("score", .number, "What the search compares translations by."),
    .member("isCutOff", .truth, "Whether it was cut off at --maximum-length."),
    .member("sourceTokens", .texts, "The tokens of the source."),
    .member("targetTokens", .texts, "The tokens of the translation."),
    .member("logProbabilities", .numbers, "For each token, and for the end unless it was cut off."),
    .member("confidences", .numbers, "The probability of each token."),
    .optional(
      "attention", .rows, "With --attention: for each token of the translation a row of weights."),
  ]

  private static let alignment: [OutputMember] = [
    .member("line", .whole, "The line of the input, from 1."),
    .member("source", .text, "The text."),
    .member("translation", .text, "Its translation."),
    .member("sourceTokens", .texts, "The tokens of the source."),
    .member("targetTokens", .texts, "The tokens of the translation."),
    .member(
      "sourceWords", .list(.nullable(.whole)), "The word that each token belongs to, from 0."),
    .member("targetWords", .list(.nullable(.whole)), "The same of the translation."),
    .member("attention", .rows, "For each token of the translation a row of weights."),
    .member("alignment", .list(.list(.whole)), "Pairs of words, source and target."),
  ]

  /// How probable a translation is.
  static let score = OutputDefinition(
    name: "score", about: "The score of a pair on each line.",
    shape: .object([
      .member("source", .text, "The text."),
      .member("target", .text, "The translation that is scored."),
      .member("logProbability", .number, "Natural logarithm of its probability."),
      .member("perplexity", .number, "e to the mean of the negative logarithms."),
      .member("tokens", .texts, "The tokens of the translation and its end."),
      .member("logProbabilities", .numbers, "For each of these tokens."),
    ]))

  /// The figure of a metric, or what a classifier found.
  static let evaluate = OutputDefinition(
    name: "evaluate", about: "A metric on each line; of a classifier, one object.",
    shape: .either([.object(figure), .object(confusion)]))

  private static let figure: [OutputMember] = [
    .member("metric", .choice(MetricKind.allCases.map(\.rawValue)), "As --metrics names it."),
    .member("score", .number, "The figure."),
    .member("signature", .text, "How it is computed."),
    .member(
      "details",
      .object([
        .optional("precisions", .numbers, "BLEU: in per cent, for each order of n-grams."),
        .optional("brevityPenalty", .number, "BLEU: the factor for translations that are short."),
        .optional("lengthRatio", .number, "BLEU: words of translations by words of references."),
        .optional("hypothesisLength", .whole, "BLEU: words of the translations."),
        .optional("referenceLength", .whole, "BLEU: words of the nearest references."),
        .optional("edits", .whole, "TER, WER, CER: edits that are needed."),
        .optional("words", .number, "TER, WER: words of the references, their mean if several."),
        .optional("characters", .number, "CER: characters of the references."),
        .optional("equal", .whole, "exact: translations that equal a reference."),
        .optional("segments", .whole, "exact: translations."),
      ]), "What the figure is made of."),
    .member("segments", .whole, "Translations that were looked at."),
    .optional(
      "confidence",
      .object([
        .member("percent", .whole, "How many of the draws are in the interval."),
        .member("lower", .number, "Its lower end."), .member("upper", .number, "Its upper end."),
        .member("draws", .whole, "How often segments were drawn."),
      ]), "Of few segments: where the figure may lie (bootstrap)."),
    .optional(
      "bootstrap",
      .object([
        .member("name", .text, "What the other system is called."),
        .member("baseline", .number, "The figure of --baseline or --compare."),
        .member("pValue", .number, "How probable such a difference would be by chance."),
        .member("mean", .number, "The mean over all draws."),
        .member("interval", .number, "95 % of the draws are within the mean plus or minus this."),
      ]), "With --baseline or --compare: the paired bootstrap."),
  ]

  private static let confusion: [OutputMember] = [
    .member("accuracy", .number, "In per cent."),
    .member("interval", .numbers, "The bounds of its 95 % interval (Wilson)."),
    .member("macroF1", .number, "The mean of the classes' F1, in per cent."),
    .member("macroF1Interval", .numbers, "The bounds of its 95 % interval (bootstrap)."),
    .member("correct", .whole, "Examples whose class was found."),
    .member("examples", .whole, "Examples."),
    .member(
      "unknownExamples", .whole, "Of these, examples of classes that the model does not know."),
    .member(
      "unknownClasses",
      .list(
        .object([
          .member("label", .text, "The class."), .member("examples", .whole, "Its examples."),
        ])), "These classes."),
    .member("labels", .texts, "The classes."),
    .member(
      "classes",
      .list(
        .object([
          .member("label", .text, "The class."),
          .member("precision", .number, "In per cent."),
          .member("recall", .number, "In per cent."),
          .member("f1", .number, "In per cent."),
          .member("examples", .whole, "Examples of this class."),
        ])), "Each class."),
    .member(
      "confusion", .list(.list(.whole)),
      "Counts: a row for each class that was expected, a column for each that was found."),
  ]

  /// The classes of an example.
  static let classify = OutputDefinition(
    name: "classify", about: "An example on each line.",
    shape: .object([
      .optional("text", .text, "The text."),
      .optional("image", .text, "The file of the image."),
      .optional("features", .text, "The file of the features."),
      .member("label", .text, "The most probable class."),
      .member("probability", .number, "Its probability."),
      .member(
        "classes",
        .list(
          .object([
            .member("label", .text, "The class."),
            .member("probability", .number, "Its probability."),
          ])), "As many classes as --top says, the most probable first."),
      .optional(
        "weights",
        .list(
          .object([
            .member("token", .text, "A token."), .member("weight", .number, "How much it counted."),
          ])), "Of a text, where the pooling is by attention."),
      .optional(
        "map",
        .object([
          .member("height", .whole, "Rows of parts."), .member("width", .whole, "Parts of a row."),
          .member("weights", .numbers, "How much each part counted, row by row."),
        ]), "Of an image, likewise."),
      .optional(
        "rows", .either([.whole, .numbers]),
        "Of features: how much each row counted, or how many there are."),
    ]))

  /// A caption of an example.
  static let caption = OutputDefinition(
    name: "caption", about: "A caption on each line.",
    shape: .object([
      .optional("rank", .whole, "With --n-best: which caption of the example it is, from 1."),
      .optional("image", .text, "The file of the image."),
      .optional("features", .text, "The file of the features."),
      .member("caption", .text, "What was written."),
      .member("logProbability", .number, "Of the caption, in nats."),
      .member("score", .number, "By what it is compared with other captions of the example."),
      .member("isCutOff", .truth, "Whether the limit on length cut it off."),
      .member("tokens", .texts, "What was written, token by token, the end last."),
      .member("logProbabilities", .numbers, "Of each token."),
      .optional(
        "grid",
        .object([
          .member("height", .whole, "Rows of regions."),
          .member("width", .whole, "Regions of a row."),
        ]), "Of an image: the places of the regions."),
      .member(
        "attention", .rows,
        "For each token the weight of each region, row by row, or of each row of features."),
    ]))

  /// A pair as token numbers.
  static let encode = OutputDefinition(
    name: "encode", about: "A pair on each line.",
    shape: .object([
      .member("source", .list(.whole), "The tokens of the source, its end included."),
      .member("target", .list(.whole), "Those of the target."),
      .optional("sourceTokens", .texts, "With --tokens: the same as a person should see them."),
      .optional("targetTokens", .texts, "With --tokens: likewise."),
    ]))
}
