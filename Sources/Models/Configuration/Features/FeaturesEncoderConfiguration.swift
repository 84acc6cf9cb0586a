package import DragomanFormats

/// Rows of features as they are: the encoder of the kind `features`.
package struct FeaturesEncoderConfiguration: Sendable, Equatable {
  /// d, the numbers of a row; `nil`: as the data have.
  package var size: Int?

  /// Rows as the data have them.
  package init() {}

  /// The layers, of which there are none, in words.
  var words: String { "features\(size.map { " of \(Words.count($0, "number"))" } ?? "")" }
}

extension FeaturesEncoderConfiguration: Configuration {
  /// What the object is for.
  package static let about =
    "Rows of numbers that others computed are the encoded source as they are: no layer reads them."
  /// The keys of the object.
  package static let fields: [ConfigurationField<FeaturesEncoderConfiguration>] = [
    .init(
      \.size, "size",
      .optional(.integer(atLeast: 1, atMost: 65_536), null: "as the data have", from: 1),
      help: "Numbers of a row.")
  ]
}
