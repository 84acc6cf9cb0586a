import DragomanFormats

extension TransformerDecoderConfiguration {
  /// What does not fit the rest of the model: a projection whose weight is a table of word vectors reads as many
  /// numbers as one of them has.
  func conflicts(in model: ModelConfiguration) -> [ConfigurationConflict] {
    guard model.tied.joinsOutput, width != model.embedding else { return [] }
    return [
      ConfigurationConflict(
        ["tied", "embedding", "decoder.width"],
        because: "the weight of the projection is the table of word vectors, "
          + "but it reads \(width) numbers and a word vector has \(model.embedding)",
        remedies: [
          "set model.embedding to \(width)", "set model.decoder.width to \(model.embedding)",
          "set model.tied to \"\(model.tied.withoutOutput.rawValue)\"",
        ])
    ]
  }
}
