import DragomanFormats

extension OutputDefinition {
  /// What a file holds, and what is asked about it.
  static let inspect = OutputDefinition(
    name: "inspect",
    about:
      "One object with all that a file tells, or one for each of --frequencies, --search, --neighbours, --tensor, "
      + "--against and --activations.",
    shape: .either([
      .object(file), .object(search), .object(frequencies), .object(neighbours), .object(picture),
      .object(comparison), .object(activations),
    ]))

  private static let file: [OutputMember] = [
    .member("file", .text, "The file."),
    .member("isModel", .truth, "Whether it is a model of Dragoman's."),
    .member("isResumable", .truth, "Whether training can go on from it."),
    .member("parameters", .whole, "Numbers of the model."),
    .member("parts", .map(.whole), "Numbers of each part."),
    .member("nonFinite", .whole, "Numbers that are infinite or none."),
    .member("tensors", .list(.object(tensor)), "Each tensor."),
    .optional("metadata", .map(.text), "Of another safetensors file."),
    .optional("architecture", .text, "The architecture in a sentence."),
    .optional(
      "precision", .object(precision), "In how many bits weights were rounded, if they were."),
    .optional("configuration", .configuration, "The configuration of the run."),
    .optional(
      "record", .either([.object(OutputDefinition.record), .configuration]), "What training did."),
    .optional("labels", .texts, "The classes of a classifier."),
    .optional(
      "losses",
      .list(
        .object([
          .member("update", .whole, "Updates made."),
          .member("loss", .number, "The training loss since the last entry."),
        ])), "What log.jsonl beside the file has."),
    .optional("logProblem", .text, "What is wrong with that log."),
    .optional(
      "vocabularies",
      .map(
        .object([
          .member("kind", .text, "The kind of tokenizer."),
          .member("tokens", .texts, "The entries by their numbers."),
        ])), "By the side: source, target, or shared."),
  ]

  private static let precision: [OutputMember] = [
    .member("weights", .choice(precisions), "How matrices are stored."),
    .member("rounded", .list(.choice(precisions)), "What they were rounded to, in order."),
    .member("tool", .text, "The program that rounded them."),
  ]

  private static let precisions = WeightPrecision.allCases.map(\.rawValue)

  /// A file that weights were written to in fewer bits.
  static let export = OutputDefinition(
    name: "export", about: "One object.",
    shape: .object([
      .member("file", .text, "The file that was written."),
      .member("model", .text, "The file that it was made of."),
      .member("precision", .choice(precisions), "What --precision asked for."),
      .member("rounded", .whole, "Tensors that were rounded."),
      .member("distance", .number, "‖w − ŵ‖ / ‖w‖ over all weights."),
      .member("bytes", .whole, "Size of the file."),
      .member("modelBytes", .whole, "Size of the file that it was made of."),
    ]))

  private static let statistics: [OutputMember] = [
    .optional("mean", .number, "The mean."),
    .optional("deviation", .number, "The standard deviation."),
    .optional("minimum", .number, "The least number."),
    .optional("maximum", .number, "The greatest number."),
    .optional("norm", .number, "The root of the sum of squares."),
    .optional("nonFinite", .whole, "Numbers that are infinite or none."),
  ]

  private static let tensor: [OutputMember] =
    [
      .member("name", .text, "The name."),
      .member("type", .text, "As safetensors calls it."),
      .member("shape", .list(.whole), "The shape."),
      .member("bytes", .whole, "Bytes in the file."),
    ] + statistics

  private static let picture: [OutputMember] =
    [
      .member("name", .text, "The tensor of --tensor."),
      .member("type", .text, "As safetensors calls it."),
      .member("shape", .list(.whole), "The shape."),
      .optional("histogram", .list(.whole), "Counts of equal parts of the range."),
      .optional("map", .rows, "Root mean square of blocks, row by row."),
    ] + statistics

  private static let search: [OutputMember] = [
    .member("text", .text, "The text of --search."),
    .member(
      "vocabularies",
      .map(
        .object([
          .member("kind", .text, "The kind of tokenizer."),
          .member("pieces", .list(.object(entry)), "What the text becomes."),
          .member("entries", .list(.object(entry)), "Entries that hold it."),
        ])), "By the side."),
  ]

  private static let entry: [OutputMember] = [
    .member("token", .text, "The entry."),
    .member("number", .whole, "Its number."),
    .optional("count", .whole, "With --frequencies: how often it occurs."),
  ]

  private static let frequencies: [OutputMember] = [
    .member(
      "frequencies",
      .map(
        .object([
          .member("tokens", .whole, "Tokens of the text."),
          .member("unknown", .whole, "Of these, unknown ones."),
          .member("counts", .list(.whole), "How often each entry occurs, by its number."),
        ])), "By the side.")
  ]

  private static let neighbours: [OutputMember] = [
    .member("word", .text, "The word of --neighbours."),
    .member(
      "neighbours",
      .map(
        .list(
          .object([
            .member("token", .text, "An entry."), .member("number", .whole, "Its number."),
            .member("cosine", .number, "The cosine of the two vectors."),
          ]))), "By the side, the nearest first."),
  ]

  private static let comparison: [OutputMember] = [
    .member("file", .text, "The file."),
    .member("other", .text, "The file of --against."),
    .member(
      "configuration",
      .list(
        .object([
          .member("key", .text, "A key that differs."),
          .member("value", .nullable(.text), "Its value in the file."),
          .member("other", .nullable(.text), "Its value in the other."),
        ])), "Keys that differ."),
    .member("vocabularies", .texts, "What differs in the vocabularies."),
    .member(
      "tensors",
      .list(
        .object([
          .member("name", .text, "A tensor."),
          .member("difference", .text, "How it differs."),
          .optional("distance", .number, "‖a − b‖ / ‖b‖."),
        ])), "Tensors that differ."),
  ]

  private static let activations: [OutputMember] = [
    .member("sourceTokens", .whole, "Tokens of the sources of --activations."),
    .member("targetTokens", .whole, "Tokens of the targets."),
    .member("skipped", .whole, "Lines that were not read."),
    .member(
      "layers",
      .list(
        .object([
          .member("name", .text, "The layer."),
          .member(
            "gates",
            .list(
              .object([
                .member("name", .text, "The gate."), .member("units", .whole, "Its units."),
                .member("low", .number, "The share of values near the lower bound."),
                .member("high", .number, "The share near the upper one."),
                .member("still", .list(.whole), "Units that hardly move."),
                .member("dead", .list(.whole), "Units that are always 0."),
              ])), "Its gates."),
        ])), "Each layer."),
    .member(
      "attention",
      .list(
        .object([
          .member("name", .text, "The layer."),
          .member(
            "heads",
            .list(
              .object([
                .member("entropy", .number, "From 0, one position, to 1, all alike."),
                .member("first", .number, "The mean weight of the first position."),
                .member("last", .number, "The mean weight of the last position."),
                .optional("verdict", .text, "What is remarkable."),
              ])), "Its heads."),
        ])), "Heads of a Transformer."),
  ]
}
