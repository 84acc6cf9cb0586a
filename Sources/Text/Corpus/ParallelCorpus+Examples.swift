extension ParallelCorpus {
  /// The examples of a file that holds no text, by their labels: sources are their places, `file[index]`.
  package init(labels: some Collection<String>, of file: CorpusFile) {
    var summary = CorpusSummary(file: file)
    for (index, label) in labels.enumerated() {
      append(source: "\(file.paths[0])[\(index)]", target: label, line: index)
    }
    summary.pairs = labels.count
    summary.lines = labels.count
    self.summary = [summary]
  }

  /// Puts the pairs of other files after these.
  package mutating func append(_ other: ParallelCorpus) {
    for (index, pair) in other.enumerated() {
      append(source: pair.source, target: pair.target, line: other.line(of: index))
    }
    summary += other.summary
  }
}
