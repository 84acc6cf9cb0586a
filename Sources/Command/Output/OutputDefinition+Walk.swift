extension OutputDefinition {
  /// Every number of a sentence's way through a model.
  static let explain = OutputDefinition(
    name: "explain",
    about: "One object, of several models one for each; docs/seeing.md says what the numbers are.",
    shape: .either([.object(translated), .object(classified)]))

  private static let translated: [OutputMember] = [
    .optional("model", .text, "Of several models: its file."),
    .optional("source", .object(text), "The sentence."),
    .optional("image", .text, "The file of the image, of a model that captions."),
    .optional("pixels", .list(.rows), "Its numbers, normalised."),
    .optional("features", .text, "The file of the rows, of a model that captions features."),
    .optional("stored", .rows, "The rows as the file has them."),
    .optional("rows", .rows, "The same, normalised."),
    .optional("mean", .numbers, "What was taken from each channel or column."),
    .optional("deviation", .numbers, "What each channel or column was divided by."),
    .optional("places", .list(.whole), "Rows and columns of the regions."),
    .member("text", .text, "What was written."),
    .member("isForced", .truth, "Whether --target was given."),
    .member("isCutOff", .truth, "Whether the translation did not end by itself."),
    .member("architecture", .configuration, "The object `model` of a configuration."),
    .optional("embeddings", .rows, "The vectors of the source's tokens or rows."),
    .member("steps", .list(.object(step)), "Each token that is written."),
    .member("loss", .number, "Nats of all steps."),
    .optional("target", .object(text), "The text of --target."),
    .optional("gradients", .object(gradients), "With --gradients: what comes back."),
    .optional(
      "encoder", .either([.list(.list(.object(recurrence))), .list(.list(.object(layerPart)))]),
      "The layers of the encoder."),
    .optional("outputs", .list(.rows), "Of a recurrent encoder: what each layer gives."),
    .optional("reads", .list(.object(input)), "Of a Transformer's encoder: what it reads."),
    .optional("stages", .list(.object(stage)), "Of convolutions: each stage."),
    .optional("states", .rows, "What the encoder gives, unless it is recurrent."),
    .optional("start", .list(.object(state)), "Of a recurrent decoder: its first states."),
    .optional("keys", .rows, "Of a recurrent decoder: the keys of its attention."),
    .optional(
      "memory",
      .list(.object([.member("keys", .rows, "Keys."), .member("values", .rows, "Values.")])),
      "Of a Transformer's decoder: what it computes once of the source."),
  ]

  static let text: [OutputMember] = [
    .member("line", .text, "As it was given."),
    .member("normalized", .text, "As the tokenizer reads it."),
    .member("tokens", .list(.object(token)), "Its tokens."),
  ]

  private static let token: [OutputMember] = [
    .member("text", .text, "The token."), .member("id", .whole, "Its number."),
  ]

  private static let step: [OutputMember] = [
    .member("input", .object(token), "The token that is read."),
    .member("output", .object(token), "The token that is written."),
    .member("weights", .numbers, "How much each token of the source counts."),
    .member("logits", .numbers, "A number for each entry of the vocabulary."),
    .member("logProbability", .number, "Of the token that is written."),
    .member("rank", .whole, "Its place among all entries, from 1."),
    .member(
      "best",
      .list(.object(token + [.member("probability", .number, "Its probability.")])),
      "The most probable tokens."),
    .member(
      "layers", .either([.list(.object(cell)), .list(.list(.object(part)))]),
      "The layers of the decoder."),
    .member("state", .numbers, "What the decoder gives."),
    .optional("scores", .numbers, "Of a recurrent decoder: the scores before the softmax."),
    .optional("context", .numbers, "Of a recurrent decoder: the context vector."),
    .optional("fed", .numbers, "What was fed from the step before."),
    .optional("query", .numbers, "The query of the attention."),
    .optional("coverage", .numbers, "How much each token was looked at before."),
    .optional("gate", .number, "How much of the context counted, 0 to 1."),
    .optional("attentional", .numbers, "The attentional state."),
    .optional("deep", .numbers, "The deep output."),
    .optional("reads", .object(input), "Of a Transformer's decoder: what it reads."),
  ]

  private static let state: [OutputMember] = [
    .member("h", .numbers, "The state."), .optional("c", .numbers, "The memory of an LSTM."),
  ]

  private static let cell: [OutputMember] = [
    .member("input", .numbers, "What it reads."),
    .member("gates", .map(.numbers), "Its gates by their names."),
    .member("state", .object(state), "Its state."),
  ]

  static let recurrence: [OutputMember] = [
    .member("name", .text, "The name of its parameters."),
    .member("isBackward", .truth, "Whether it reads from the end."),
    .member("initial", .object(state), "Its first state."),
    .member("steps", .list(.object(cell)), "A step for each token."),
  ]

  static let input: [OutputMember] = [
    .member("word", .numbers, "The token's vector."),
    .member("scaled", .numbers, "The same, scaled."),
    .member("position", .numbers, "The vector of the position."),
    .member("sum", .numbers, "What the first layer reads."),
  ]

  static let layerPart: [OutputMember] = [
    .member("name", .text, "The name of its parameters."),
    .member("rows", .list(.object(work)), "A row for each token."),
  ]

  /// What a head saw.
  static let head: [OutputMember] = [
    .member("seen", .list(.whole), "The first position that is seen, and the one after the last."),
    .member("scores", .numbers, "Scores before the softmax."),
    .member("weights", .numbers, "Weights."),
  ]

  private static let part: [OutputMember] =
    work + [
      .member("name", .text, "The name of its parameters.")
    ]

  private static let work: [OutputMember] = [
    .optional("query", .numbers, "Attention: the query."),
    .optional("key", .numbers, "Self-attention: the key."),
    .optional("value", .numbers, "Self-attention: the value."),
    .optional(
      "heads",
      .list(.object(head)), "Attention: each head."),
    .optional("result", .numbers, "Attention: the heads' results beside each other."),
    .optional("input", .numbers, "SSRU: what it reads."),
    .optional("gates", .map(.numbers), "SSRU: its gates."),
    .optional("state", .object(state), "SSRU: its state."),
    .optional("inner", .numbers, "Feed-forward: before the activation."),
    .optional("activated", .numbers, "Feed-forward: after it."),
    .optional("normalized", .numbers, "What was read, normalised."),
    .member("given", .numbers, "What the sublayer gives."),
    .member("sum", .numbers, "With what it read."),
    .optional("renormalized", .numbers, "The sum, normalised."),
  ]

  private static let gradients: [OutputMember] = [
    .member("logits", .rows, "Of the logits, step by step."),
    .member("states", .rows, "Of the encoder's states."),
    .optional("embeddings", .rows, "Of the vectors of the source's tokens or rows."),
    .member("norm", .number, "The length of all."),
    .member(
      "parameters",
      .list(
        .object([
          .member("name", .text, "A parameter."), .member("shape", .list(.whole), "Its shape."),
          .member("norm", .number, "Its length."),
          .member("gradient", .number, "The length of its gradient."),
        ])), "Each parameter."),
    .optional("encoder", .list(.list(.rows)), "Of the states of a recurrent encoder."),
    .optional("contexts", .rows, "Of a recurrent decoder's contexts."),
    .optional("weights", .rows, "Of its weights."),
    .optional("scores", .rows, "Of its scores."),
    .optional("queries", .rows, "Of its queries."),
    .optional("keys", .rows, "Of its keys, where they are a projection."),
    .optional("vectors", .rows, "Of an additive scorer's vectors."),
    .optional("decoder", .list(.rows), "Of the states of its layers."),
    .optional("decoderStates", .rows, "Of a Transformer's decoder: of its states."),
    .optional(
      "cross",
      .list(
        .list(
          .list(
            .object([
              .optional("scores", .numbers, "Of the scores."),
              .optional("weights", .numbers, "Of the weights."),
              .optional(
                "seen", .list(.whole),
                "The first position that is seen, and the one after the last."),
            ])))), "Of a Transformer's attention to the source: layer, step, head."),
  ]
}
