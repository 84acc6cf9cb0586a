public import DragomanFormats

extension DecodingConfiguration {
  /// Searches with a beam of this size, whatever was there before.
  public mutating func searchBeam(_ size: Int) {
    let standard = DecodingConfiguration()
    search = .beam
    beam = size
    (temperature, topK, topP, seed) = (
      standard.temperature, standard.topK, standard.topP, standard.seed
    )
  }

  /// Draws tokens, as it is said already or by their bare probabilities.
  public mutating func sample() {
    search = .sampling
    let standard = DecodingConfiguration()
    (beam, beamThreshold) = (standard.beam, standard.beamThreshold)
  }

  /// These values with others in the place of some: keys are paths such as `decoding.beam`.
  ///
  /// Throws a ``ConfigurationError`` with all problems; `file` names the configuration in errors.
  public func overridden(
    by overrides: [ConfigurationOverride], file: String
  ) throws(ConfigurationError) -> DecodingConfiguration {
    try DecodingDocument.read(
      .object([("decoding", json)]), file: file, overrides: overrides
    ).decoding
  }
}

/// A configuration that is about decoding alone.
private struct DecodingDocument: Configuration {
  var decoding = DecodingConfiguration()

  static let about = "How a trained model writes."
  static let fields: [ConfigurationField<DecodingDocument>] = [
    .init(\.decoding, "decoding", .object, help: "How the trained model writes.")
  ]
}
