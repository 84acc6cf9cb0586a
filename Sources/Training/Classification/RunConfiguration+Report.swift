import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

extension RunConfiguration {
  /// Reads all examples of a classifier and looks at them.
  package func classificationReport() throws -> ClassificationReport {
    if classifier.readsFeatures { return try featureReport() }
    var parts: [(name: String, corpus: ParallelCorpus)] = []
    for (name, files) in namedParts {
      let corpus =
        try classifier.readsTexts ? data.read(files) : ExampleList(files, data).corpus
      try Self.require(corpus, name)
      parts.append((name, corpus))
    }
    return ClassificationReport(parts, kind: classifier.readsTexts ? "texts" : "images")
  }

  /// The parts of the data that there are.
  private var namedParts: [(name: String, files: [CorpusFile])] {
    [("train", data.train), ("validation", data.validation), ("test", data.test)].filter {
      !$0.1.isEmpty
    }
  }

  private static func require(_ corpus: ParallelCorpus, _ role: String) throws {
    guard corpus.count == 0 else { return }
    throw ClassificationError.noExamples(
      role: role, skipped: corpus.summary.reduce(0) { $0 + $1.skipped })
  }

  /// Reads all rows once: they have to be finite and of one size, and equal examples are told.
  private func featureReport() throws -> ClassificationReport {
    var parts: [(name: String, corpus: ParallelCorpus)] = []
    var (identities, ranges): ([[String]], [FeatureRange]) = ([], [])
    var size: (size: Int, reason: String)?
    for (name, files) in namedParts {
      let list = try ExampleList(files, data)
      try Self.require(list.corpus, name)
      let examples = try FeatureExamples(list, data.features, size: size)
      size = size ?? (examples.size, "the training examples have them")
      identities.append(
        try (0..<examples.count).map { try Self.identity(of: examples.rows(at: $0)) })
      ranges.append(FeatureRange(examples))
      parts.append((name, list.corpus))
    }
    var report = ClassificationReport(parts, identities: identities, kind: "lists of rows")
    for (index, range) in ranges.enumerated() { report.parts[index].rows = range }
    return report
  }

  /// What equal rows have in common, and others by no chance that anybody meets: two checksums and the number of rows.
  private static func identity(of rows: [Float]) -> String {
    var (forward, backward) = (Checksum(), Checksum())
    forward.add(floats: rows)
    backward.add(floats: rows.reversed())
    return "\(forward.text)\(backward.text)\(rows.count)"
  }
}
