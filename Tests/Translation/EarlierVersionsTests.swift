import DragomanFormats
import DragomanSystem
import DragomanText
import DragomanTranslation
import Testing

/// Models that earlier versions wrote, and what those versions made of them: `Tests/Fixtures`.
///
/// Texts have to be the same. Numbers may differ by what another order of a sum makes of them.
@Suite struct `A model of an earlier version` {
  /// Every model, as `version/name`, and as many as there have to be.
  static let models = names(ending: ".safetensors")
  static let answers = names(ending: ".json")
  static let count = 24

  static let directory =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures"

  @Test func `comes with its answers`() {
    #expect(Self.models == Self.answers)
    #expect(Self.models.count == Self.count)
  }

  @Test(arguments: models)
  func `translates greedily to the same text`(_ name: String) throws {
    var translator = try load(name)
    translator.decoding.beam = 1
    let expected = try answers(name, "greedy")
    let lines = try expected.map { try text($0, "source") }
    let found = translator.translate(lines, withAttention: true)
    try #require(found.count == expected.count, "\(name)")
    for (found, expected) in zip(found, expected) {
      try compare(found, expected, name)
      #expect(found.sourceTokens == (try texts(expected["sourceTokens"])), "\(name)")
      #expect(found.targetTokens == (try texts(expected["targetTokens"])), "\(name)")
      expectClose(
        found.logProbabilities, try numbers(expected["logProbabilities"]),
        "\(name), '\(found.source)', log-probabilities")
      guard let rows = expected["attention"]?.array else { continue }
      #expect(found.attention.count == rows.count, "\(name)")
      for (weights, row) in zip(found.attention, rows) {
        expectClose(weights, try numbers(row), "\(name), '\(found.source)', attention")
      }
    }
  }

  @Test(arguments: models)
  func `translates with a beam to the same texts in the same order`(_ name: String) throws {
    var translator = try load(name)
    translator.decoding.beam = 4
    let lines = try answers(name, "greedy").map { try text($0, "source") }
    let found = translator.alternatives(lines, count: 4).enumerated().flatMap { line, best in
      best.enumerated().map { (line: line + 1, rank: $0 + 1, translation: $1) }
    }
    let expected = try answers(name, "beam")
    try #require(found.count == expected.count, "\(name)")
    for (found, expected) in zip(found, expected) {
      #expect(found.line == expected["line"]?.int && found.rank == expected["rank"]?.int, "\(name)")
      try compare(found.translation, expected, name)
    }
  }

  @Test(arguments: models)
  func `finds given translations as probable`(_ name: String) throws {
    let expected = try answers(name, "scores")
    let pairs = try expected.map {
      SentencePair(source: try text($0, "source"), target: try text($0, "target"))
    }
    let found = try load(name).score(pairs)
    try #require(found.count == expected.count, "\(name)")
    for (found, expected) in zip(found, expected) {
      #expect(found.tokens == (try texts(expected["tokens"])), "\(name)")
      expectClose(
        found.logProbabilities, try numbers(expected["logProbabilities"]),
        "\(name), log-probabilities")
      expectClose(
        [Float(found.logProbability)], [try number(expected, "logProbability")],
        "\(name), log-probability")
    }
  }

  // MARK: What is expected

  /// The files of all versions that end so, without the ending.
  private static func names(ending: String) -> [String] {
    let versions = ((try? Files.list(directory)) ?? []).filter { $0.first?.isNumber == true }
    return versions.flatMap { version in
      ((try? Files.list("\(directory)/\(version)")) ?? [])
        .filter { $0.hasSuffix(ending) }.map { "\(version)/\($0.dropLast(ending.count))" }
    }
  }

  private func load(_ name: String) throws -> Translator {
    try Translator(path: "\(Self.directory)/\(name).safetensors", threads: 1)
  }

  private func answers(_ name: String, _ part: String) throws -> [JSON] {
    let path = "\(Self.directory)/\(name).json"
    let answers = try #require(try JSON.parse(Files.read(path), file: path)[part]?.array, "\(name)")
    try #require(!answers.isEmpty, "\(name)")
    return answers
  }

  private func compare(_ found: Translation, _ expected: JSON, _ name: String) throws {
    let line = "\(name), '\(found.source)'"
    #expect(found.text == (try text(expected, "translation")), "\(line)")
    #expect(found.isCutOff == expected["cutOff"]?.bool, "\(line)")
    expectClose([Float(found.score)], [try number(expected, "score")], "\(line), score")
    expectClose(
      [Float(found.logProbability)], [try number(expected, "logProbability")],
      "\(line), log-probability")
  }

  /// Within 2e-5 of each number, or of 1 where it is smaller.
  private func expectClose(
    _ found: [Float], _ expected: [Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    for (place, (found, expected)) in zip(found, expected).enumerated()
    where !(abs(Double(found) - expected) <= 2e-5 * max(abs(expected), 1)) {
      Issue.record(
        "\(what): number \(place) is \(found), expected \(expected)",
        sourceLocation: sourceLocation)
    }
  }

  private func text(_ json: JSON, _ key: String) throws -> String {
    try #require(json[key]?.string, "\(key)")
  }

  private func number(_ json: JSON, _ key: String) throws -> Double {
    try #require(json[key]?.double, "\(key)")
  }

  private func texts(_ json: JSON?) throws -> [String] {
    try #require(json?.array).map { try #require($0.string) }
  }

  private func numbers(_ json: JSON?) throws -> [Double] {
    try #require(json?.array).map { try #require($0.double) }
  }
}
