extension OutputDefinition {
  /// Every number of an example's way through a classifier.
  static let classified: [OutputMember] = [
    .optional("source", .object(text), "The text."),
    .optional("image", .text, "The file of the image."),
    .optional("pixels", grid, "Its numbers, normalised."),
    .optional("features", .text, "The file of the rows."),
    .optional("stored", .rows, "The rows as the file has them."),
    .optional("rows", .rows, "The same, normalised."),
    .optional("mean", .numbers, "What was taken from each channel or column."),
    .optional("deviation", .numbers, "What each channel or column was divided by."),
    .optional("places", .list(.whole), "Rows and columns of the parts that are pooled."),
    .member("label", .text, "The most probable class."),
    .member("target", .text, "The class whose loss is computed."),
    .member("isForced", .truth, "Whether --target was given."),
    .member("architecture", .configuration, "The object `classifier` of a configuration."),
    .member(
      "classes",
      .list(
        .object([
          .member("label", .text, "The class."), .member("logit", .number, "Its logit."),
          .member("probability", .number, "Its probability."),
        ])), "The most probable first."),
    .member("loss", .number, "Nats."),
    .member(
      "pooling",
      .object([
        .member("kind", .text, "As classifier.pooling names it."),
        .optional("scores", .numbers, "Scores before the softmax."),
        .optional("weights", .numbers, "Weights."),
        .member("pooled", .numbers, "The vector that is read."),
      ]), "How many vectors become one."),
    .optional("gradients", .object(classifiedGradients), "With --gradients: what comes back."),
    .optional(
      "embeddings", .rows, "Of a text or of rows: the vectors that the lowest layer reads."),
    .optional(
      "encoder", .either([.list(.list(.object(recurrence))), .list(.list(.object(layerPart)))]),
      "The layers of the encoder."),
    .optional("outputs", .list(.rows), "Of a recurrent encoder: what each layer gives."),
    .optional("reads", .list(.object(input)), "Of a Transformer: what it reads."),
    .optional("stages", .list(.object(stage)), "Of convolutions: each stage."),
    .member("states", .rows, "What the encoder gives."),
  ]

  /// Lines of pixels of channels.
  private static let grid = OutputShape.list(.rows)

  private static let classifiedGradients: [OutputMember] = [
    .member("logits", .numbers, "Of the logits."),
    .member("pooled", .numbers, "Of the vector that is read."),
    .optional("weights", .numbers, "Of the weights of the pooling."),
    .optional("scores", .numbers, "Of its scores."),
    .member("states", .rows, "Of the encoder's states."),
    .member("norm", .number, "The length of all."),
    .optional("embeddings", .rows, "Of the vectors of the tokens."),
    .member("parameters", .list(.object(parameter)), "Each parameter."),
    .optional("encoder", .list(.list(.rows)), "Of the states of a recurrent encoder."),
  ]

  private static let parameter: [OutputMember] = [
    .member("name", .text, "A parameter."), .member("shape", .list(.whole), "Its shape."),
    .member("norm", .number, "Its length."),
    .member("gradient", .number, "The length of its gradient."),
  ]

  private static let unit: [OutputMember] = [
    .member("convolved", grid, "What the convolution gives."),
    .optional("normalized", grid, "The same, normalised."),
    .optional("activated", grid, "The same after the activation."),
  ]

  static let stage: [OutputMember] =
    [.member("name", .text, "The name of its parameters.")] + unit + [
      .optional(
        "squeeze",
        .object([
          .member("mean", .numbers, "The mean of each channel."),
          .member("hidden", .numbers, "Before the activation."),
          .member("activated", .numbers, "After it."),
          .member("scores", .numbers, "Before the sigmoid."),
          .member("factors", .numbers, "What each channel is multiplied by."),
          .member("output", grid, "The result."),
        ]), "Squeeze-and-excitation."),
      .optional("added", grid, "With what the stage read."),
      .optional(
        "attention",
        .either([
          .object(block),
          .object([
            .member("split", .object(unit), "Both halves."),
            .member("blocks", .list(.object(block)), "The blocks that one half goes through."),
            .member("merge", .object(unit), "Both halves together."),
          ]),
        ]), "Attention between pixels."),
      .optional("pooled", grid, "After the pooling."),
    ]

  private static let block: [OutputMember] =
    [
      .member("name", .text, "The name of its parameters."),
      .member("heads", .list(.list(.object(head))), "Each pixel, each head."),
    ]
    + [
      "queries", "keys", "values", "result", "positions", "sum", "projected", "attended", "inner",
      "outer", "output",
    ].map { .member($0, grid, "Of each pixel.") }
}
