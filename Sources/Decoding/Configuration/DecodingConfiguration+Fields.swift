package import DragomanFormats

extension DecodingConfiguration: Configuration {
  /// The most hypotheses of a sentence, of a beam or drawn.
  package static let widest = 1000
  /// What the `decoding` object is for.
  package static let about = "How the trained model writes."
  /// The keys of the `decoding` object.
  package static let fields: [ConfigurationField<DecodingConfiguration>] = [
    .init(
      \.search, "search", .choice,
      help: "How tokens are chosen: the most probable translations that a beam finds, or drawn."),
    .init(
      \.beam, "beam", .integer(atLeast: 1, atMost: DecodingConfiguration.widest),
      when: .when(\.search, "search", is: .beam),
      help: "Hypotheses of a sentence that are followed side by side; 1 is greedy search."),
    .init(
      \.beamThreshold, "beamThreshold",
      .optional(.number(above: 0), null: "none is dropped", from: 3),
      when: .when(\.search, "search", is: .beam),
      help:
        "Drop a hypothesis that is so many nats less probable than the best one of its sentence: "
        + "faster, at some risk (Freitag and Al-Onaizan 2017, absolute threshold)."),
    .init(
      \.lengthNormalization, "lengthNormalization", .choice,
      help:
        "What the log-probability of a finished hypothesis is divided by: nothing, its length n, or ((5 + n)/6)^a "
        + "(Wu et al. 2016, eq. 14)."),
    .init(
      \.lengthExponent, "lengthExponent", .number(in: 0..<10),
      when: .when(\.lengthNormalization, "lengthNormalization", is: .gnmt), help: "a."),
    .init(
      \.coveragePenalty, "coveragePenalty", .number(in: 0..<100),
      help:
        "β: β Σ ln min(attention of a source token, 1), never positive, is added to a finished hypothesis (Wu et "
        + "al. 2016, eq. 14)."),
    .init(
      \.maximumLength, "maximumLength", .integer(atLeast: 1),
      help: "A translation that has not ended after so many tokens is cut off."),
    .init(
      \.maximumRatio, "maximumRatio",
      .optional(.number(above: 0), null: "no such limit", from: 3),
      help: "The same in tokens per source token."),
    .init(
      \.minimumLength, "minimumLength", .integer(atLeast: 0),
      help: "A translation does not end before so many tokens."),
    .init(
      \.minimumRatio, "minimumRatio", .number(in: 0..<100),
      help: "The same in tokens per source token."),
    .init(
      \.noRepeat, "noRepeat", .integer(atLeast: 0),
      help: "No n-gram of this length comes twice in a translation; 0 allows them all."),
    .init(
      \.temperature, "temperature", .number(in: 0.001..<1000),
      when: .when(\.search, "search", is: .sampling),
      help: "What log-probabilities are divided by before a token is drawn."),
    .init(
      \.topK, "topK", .integer(atLeast: 0), when: .when(\.search, "search", is: .sampling),
      help: "Tokens are drawn among so many of the most probable ones; 0 is all."),
    .init(
      \.topP, "topP", .optional(.number(above: 0, below: 1), null: "all", from: 0.9),
      when: .when(\.search, "search", is: .sampling),
      help: "Tokens are drawn among the fewest whose probabilities add up to this."),
    .init(
      \.seed, "seed", .integer(atLeast: 0, atMost: .max),
      when: .when(\.search, "search", is: .sampling),
      help: "Equal seeds draw equal translations of a line, whatever stands beside it."),
    .init(
      \.forbidUnknown, "forbidUnknown", .boolean,
      help:
        "Never write the unknown token; the most probable of the others takes its place."),
    .init(
      \.replaceUnknown, "replaceUnknown", .boolean,
      help: "Put the source word that was looked at most in the place of an unknown word."),
    .init(
      \.batch, "batch", .integer(atLeast: 1),
      help: "Sentences translated together; a matter of speed and memory, never of the result."),
  ]

  /// A minimum that no translation within the maximum can have.
  package var conflicts: [ConfigurationConflict] {
    var conflicts: [ConfigurationConflict] = []
    if minimumLength >= maximumLength {
      conflicts.append(
        ConfigurationConflict(
          ["minimumLength", "maximumLength"],
          because: "the end counts as a token, so a translation would always be cut off",
          remedies: [
            "set minimumLength to at most \(maximumLength - 1)",
            "set maximumLength to at least \(minimumLength + 1)",
          ]))
    }
    if forbidUnknown && replaceUnknown {
      conflicts.append(
        ConfigurationConflict(
          ["forbidUnknown", "replaceUnknown"],
          because: "a word that is never written cannot be replaced",
          remedies: ["set forbidUnknown to false", "set replaceUnknown to false"]))
    }
    if let maximumRatio, minimumRatio > maximumRatio {
      conflicts.append(
        ConfigurationConflict(
          ["minimumRatio", "maximumRatio"], because: "no length satisfies both",
          remedies: [
            "set minimumRatio to at most \(maximumRatio)",
            "set maximumRatio to at least \(minimumRatio)",
          ]))
    }
    return conflicts
  }
}
