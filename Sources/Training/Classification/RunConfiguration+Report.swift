import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

extension RunConfiguration {
  /// Reads all examples of a classifier and looks at them.
  package func classificationReport() throws -> ClassificationReport {
    if classifier.readsFeatures { return try featureReport() }
    return try classifier.readsTexts ? textReport() : imageReport()
  }

  private func textReport() throws -> ClassificationReport {
    ClassificationReport(
      try namedParts.map { name, files in
        let corpus = try data.read(files)
        try Self.require(corpus, name)
        return (name, corpus)
      })
  }

  /// Opens all images once: each can be read, and equal ones are told, whatever they are called.
  private func imageReport() throws -> ClassificationReport {
    var parts: [(name: String, corpus: ParallelCorpus)] = []
    var identities: [[String]] = []
    for (name, files) in namedParts {
      let list = try ExampleList(files, data)
      try Self.require(list.corpus, name)
      identities.append(try list.imageIdentities(data.images))
      parts.append((name, list.corpus))
    }
    return ClassificationReport(parts, identities: identities, kind: "images")
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
      identities.append(try examples.identities())
      ranges.append(FeatureRange(examples))
      parts.append((name, list.corpus))
    }
    var report = ClassificationReport(parts, identities: identities, kind: "lists of rows")
    for (index, range) in ranges.enumerated() { report.parts[index].rows = range }
    return report
  }
}
