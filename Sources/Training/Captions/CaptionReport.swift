package import DragomanFormats
import DragomanText
import DragomanTranslation

/// What examples and their captions are like, and what a person should know of before training.
package struct CaptionReport: Sendable {
  /// One of train, validation and test.
  package struct Part: Sendable {
    /// Its name.
    package let name: String
    /// Images, or lists of rows.
    package let examples: Int
    /// Captions of all of them.
    package let captions: Int
    /// Different words of the captions, by white space.
    package let words: Int
    /// Words of the longest caption.
    package let longest: Int
    /// Their rows, if examples are features.
    package let rows: FeatureRange?
  }

  /// The parts that there are.
  package private(set) var parts: [Part] = []
  /// What was found, with the first places.
  package private(set) var problems: [ClassificationReport.Problem] = []
  /// Whether examples are images.
  private let areImages: Bool
  private var kind: String { areImages ? "images" : "lists of rows" }
  /// Places that are told of a problem.
  private static let most = 3

  /// Reads all captions of a run, and opens what they are about.
  init(_ configuration: RunConfiguration) throws {
    let data = configuration.data
    areImages = configuration.readsImages
    var (seen, known): (Set<String>, Set<String>) = ([], [])
    var size: (size: Int, reason: String)?
    for (name, files) in [
      ("train", data.train), ("validation", data.validation), ("test", data.test),
    ] where !files.isEmpty {
      let list = try CaptionList(files, data)
      let pairs = list.pairs
      guard pairs.count > 0 else {
        throw ClassificationError.noExamples(
          role: name, skipped: pairs.summary.reduce(0) { $0 + $1.skipped })
      }
      var rows: FeatureRange?
      let identities: [String]
      if areImages {
        identities = try list.examples.imageIdentities(data.images)
      } else {
        let features = try FeatureExamples(list.examples, data.features, size: size)
        size = size ?? (features.size, "the training examples have them")
        rows = FeatureRange(features)
        identities = try features.identities()
      }
      var (words, longest): (Set<String>, Int) = ([], 0)
      var (own, repeated): (Set<String>, [String]) = ([], [])
      for (index, pair) in pairs.enumerated() {
        let tokens = pair.target.split(whereSeparator: \.isWhitespace)
        words.formUnion(tokens.map(String.init))
        longest = max(longest, tokens.count)
        if !own.insert("\(list.numbers[index]) \(pair.target)").inserted {
          repeated.append(pairs.place(of: index))
        }
      }
      let examples = list.examples.corpus
      var (different, renamed, shared): (Set<String>, [String], [String]) = ([], [], [])
      for (index, identity) in identities.enumerated() {
        if !different.insert(identity).inserted {
          renamed.append(examples.place(of: index))
        } else if seen.contains(identity) {
          shared.append(examples.place(of: index))
        }
      }
      if parts.isEmpty { (seen, known) = (different, words) }
      parts.append(
        Part(
          name: name, examples: examples.count, captions: pairs.count, words: words.count,
          longest: longest, rows: rows))
      for summary in pairs.summary {
        let findings = summary.skips.merging(summary.notes) { skipped, _ in skipped }
        for kind in CorpusProblem.Kind.allCases {
          guard let finding = findings[kind] else { continue }
          let problem = CorpusProblem(
            kind: kind, part: name, finding: finding, total: max(summary.lines, finding.count))
          problems.append(.init(text: problem.sentence, places: [finding.places]))
        }
      }
      add(repeated, "\(name): captions that stand there twice for the same example")
      add(renamed, "\(name): \(kind) that stand there under two names")
      add(shared, "\(name): \(kind) that the training data have as well")
      add(
        words.subtracting(known).sorted().map { Excerpt.quoted($0) },
        "\(name): words that no training caption has")
    }
  }

  private mutating func add(_ places: [String], _ text: String) {
    guard !places.isEmpty else { return }
    problems.append(
      .init(
        text: "\(NumberText.grouped(places.count)) \(text)", places: Array(places.prefix(Self.most))
      ))
  }

  /// The report in lines.
  package var lines: [String] {
    var lines: [String] = []
    for part in parts {
      lines.append(
        "\(part.name): \(Words.count(part.captions, "caption")) of \(NumberText.grouped(part.examples)) \(kind), "
          + "\(NumberText.grouped(part.words)) different words, at most \(NumberText.grouped(part.longest)) in a "
          + "caption"
      )
      if let rows = part.rows { lines.append("  \(rows.words)") }
    }
    for problem in problems {
      lines.append("\(problem.text): \(problem.places.joined(separator: ", "))")
    }
    return problems.isEmpty ? lines + ["no problems found"] : lines
  }

  /// The report for programs.
  package var json: JSON {
    [
      "parts": .array(
        parts.map { part in
          [
            "name": .string(part.name), "examples": .int(part.examples),
            "captions": .int(part.captions), "words": .int(part.words),
            "longest": .int(part.longest), "rows": part.rows?.json,
          ]
        }),
      "problems": .array(
        problems.map { ["text": .string($0.text), "examples": .strings($0.places)] }),
    ]
  }
}

extension RunConfiguration {
  /// Reads all examples and captions, and looks at them.
  package func captionReport() throws -> CaptionReport { try CaptionReport(self) }
}
