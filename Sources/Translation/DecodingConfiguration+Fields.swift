public import DragomanFormats

extension DecodingConfiguration: Configuration {
  /// What the `decoding` object is for.
  public static let about = "How the trained model writes."
  /// The keys of the `decoding` object.
  public static let fields: [ConfigurationField<DecodingConfiguration>] = [
    .init(
      \.maximumLength, "maximumLength", .integer(atLeast: 1),
      help: "A translation that has not ended after so many tokens is cut off."),
    .init(
      \.batch, "batch", .integer(atLeast: 1),
      help: "Sentences translated together; a matter of speed and memory, never of the result."),
  ]
}
