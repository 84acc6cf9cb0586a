package import DragomanFormats
package import DragomanText

/// What the examples of a classifier are like, and what a person should know of before training.
package struct ClassificationReport: Sendable {
  /// One of train, validation and test.
  package struct Part: Sendable {
    /// Its name.
    package let name: String
    /// How many examples of each class there are, by the order of their names.
    package let counts: [(label: String, count: Int)]
    /// Its examples.
    package let examples: Int
    /// Their rows, if they are features.
    package var rows: FeatureRange?
  }

  /// Something that is not as it should be.
  package struct Problem: Sendable {
    /// What, with its number.
    package let text: String
    /// Where the first ones stand.
    package let places: [String]
  }

  /// The parts that there are.
  package internal(set) var parts: [Part] = []
  /// What was found.
  package private(set) var problems: [Problem] = []

  /// Places that are told of a problem.
  private static let most = 3
  /// A class of fewer training examples is told.
  private static let fewest = 10

  /// Looks at parts, of which the first is what the model learns from.
  ///
  /// - Parameters:
  ///   - corpora: the parts, with names and classes.
  ///   - identities: what tells the examples of each part from others, where that is not their text.
  ///   - kind: what the examples are.
  package init(
    _ corpora: [(name: String, corpus: ParallelCorpus)], identities: [[String]] = [],
    kind: String = "texts"
  ) {
    var seen: [ExactText: String] = [:]
    var known: Set<ExactText> = []
    for (index, (name, corpus)) in corpora.enumerated() {
      var counts: [ExactText: Int] = [:]
      var own: [ExactText: String] = [:]
      var (repeated, contrary, shared, unknown): ([String], [String], [String], [String]) =
        ([], [], [], [])
      for (number, pair) in corpus.enumerated() {
        let identity = identities.isEmpty ? pair.source : identities[index][number]
        let (text, label) = (ExactText(identity), ClassLabels.name(pair.target))
        counts[ExactText(label), default: 0] += 1
        if let other = own[text] {
          let place = corpus.place(of: number)
          other == label ? repeated.append(place) : contrary.append(place)
        } else {
          own[text] = label
          if index > 0, seen[text] != nil { shared.append(corpus.place(of: number)) }
        }
        if index > 0, !known.contains(ExactText(label)) {
          unknown.append("\(corpus.place(of: number)) (\(Excerpt.quoted(label)))")
        }
      }
      if index == 0 { (seen, known) = (own, Set(counts.keys)) }
      parts.append(
        Part(
          name: name,
          counts: counts.sorted { $0.key < $1.key }.map { ($0.key.text, $0.value) },
          examples: corpus.count))
      for summary in corpus.summary { addReading(of: summary, name) }
      add(repeated, "\(name): \(kind) that stand there twice with the same class")
      add(contrary, "\(name): \(kind) that stand there with two classes")
      add(shared, "\(name): \(kind) that the training examples have as well")
      add(unknown, "\(name): examples of a class that no training example has")
      let rare = index == 0 ? counts.filter { $0.value < Self.fewest }.map(\.key).sorted() : []
      add(
        rare.map { Excerpt.quoted($0.text) },
        "\(name): classes of fewer than \(Self.fewest) examples")
    }
  }

  /// Adds what was found when a file was read.
  private mutating func addReading(of summary: CorpusSummary, _ part: String) {
    let findings = summary.skips.merging(summary.notes) { skipped, _ in skipped }
    for kind in CorpusProblem.Kind.allCases {
      guard let finding = findings[kind] else { continue }
      let problem = CorpusProblem(
        kind: kind, part: part, finding: finding, total: max(summary.lines, finding.count))
      problems.append(Problem(text: problem.sentence, places: [finding.places]))
    }
  }

  private mutating func add(_ places: [String], _ text: String) {
    guard !places.isEmpty else { return }
    problems.append(
      Problem(
        text: "\(NumberText.grouped(places.count)) \(text)", places: Array(places.prefix(Self.most))
      ))
  }

  /// The report in lines.
  package var lines: [String] {
    parts.flatMap { part in
      let examples = Words.count(part.examples, "example")
      let classes = Words.count(part.counts.count, "class", plural: "classes")
      let counts = part.counts.map { "\($0.label) \(NumberText.grouped($0.count))" }
      return ["\(part.name): \(examples) of \(classes)", "  " + counts.joined(separator: ", ")]
        + (part.rows.map { ["  \($0.words)"] } ?? [])
    }
      + (problems.isEmpty
        ? ["no problems found"]
        : problems.map { "\($0.text): \($0.places.joined(separator: ", "))" })
  }

  /// The report for programs.
  package var json: JSON {
    [
      "parts": .array(
        parts.map { part in
          [
            "name": .string(part.name), "examples": .int(part.examples),
            "classes": .object(part.counts.map { ($0.label, .int($0.count)) }),
            "rows": part.rows?.json,
          ]
        }),
      "problems": .array(
        problems.map { ["text": .string($0.text), "examples": .strings($0.places)] }),
    ]
  }
}
