package import DragomanFormats

extension DecodingConfiguration {
  /// Searches with a beam of this size, whatever was there before.
  package mutating func searchBeam(_ size: Int) {
    let standard = DecodingConfiguration()
    search = .beam
    beam = size
    (temperature, topK, topP, seed) = (
      standard.temperature, standard.topK, standard.topP, standard.seed
    )
  }

  /// Draws tokens, as it is said already or by their bare probabilities.
  package mutating func sample() {
    search = .sampling
    let standard = DecodingConfiguration()
    (beam, beamThreshold) = (standard.beam, standard.beamThreshold)
  }

  /// These values with others in the place of some: keys are paths such as `decoding.beam`.
  ///
  /// Throws a ``ConfigurationError`` with all problems; `file` names the configuration in errors.
  package func overridden(
    by overrides: [ConfigurationOverride], file: String
  ) throws(ConfigurationError) -> DecodingConfiguration {
    try DecodingDocument.read(
      ["decoding": json], file: file, overrides: overrides
    ).decoding
  }

  /// These values with those of a JSON object, such as `{"beam": 5, "noRepeat": 3}`, in the place of some.
  ///
  /// Throws a ``FormatError`` for text that is not JSON and a ``ConfigurationError`` with all problems otherwise;
  /// `file` names the text in errors.
  package func changed(by text: String, file: String) throws -> DecodingConfiguration {
    let changes = try JSON.parse(Array(text.utf8), file: file)
    guard let stated = changes.members else { return try Self.read(changes, file: file) }
    var base = self
    // Keys of the other way to search must not stand in the way.
    switch (changes["search"]?.string, search) {
    case ("sampling", .beam): base.sample()
    case ("beam", .sampling): base.searchBeam(1)
    default: if changes["beam"] != nil, search == .sampling { base.searchBeam(1) }
    }
    // Advice: what counts only beside a value that is changed goes with it.
    let kept = (base.json.members ?? []).filter { changes[$0.name] == nil }.map {
      JSON.Member(name: $0.name, namePosition: .advice, value: $0.value)
    }
    return try Self.read(JSON(.object(stated + kept), at: changes.position), file: file)
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
