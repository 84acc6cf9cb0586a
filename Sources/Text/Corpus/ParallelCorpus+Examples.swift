import DragomanFormats

extension ParallelCorpus {
  /// The examples of a file that holds no text, by their labels: sources are their places, `file[index]`, if
  /// none are given.
  package init(labels: some Collection<String>, of file: CorpusFile, sources: [String]? = nil) {
    var summary = CorpusSummary(file: file)
    for (index, label) in labels.enumerated() {
      append(
        source: sources?[index] ?? "\(file.paths[0])[\(index)]", target: label, line: index)
    }
    summary.pairs = labels.count
    summary.lines = labels.count
    self.summary = [summary]
  }

  /// The first pair of each source, in the order of the pairs, and for each pair of this corpus the number of its
  /// source among them; two sources are the same if their characters are.
  package func firstOfEachSource() -> (pairs: ParallelCorpus, numbers: [Int32]) {
    var result = ParallelCorpus()
    var known: [ExactText: Int32] = [:]
    var numbers: [Int32] = []
    numbers.reserveCapacity(count)
    result.summary = summary
    for index in result.summary.indices { result.summary[index].pairs = 0 }
    var (file, rest) = (0, 0)
    for (index, pair) in enumerated() {
      while file < summary.count, index >= rest + summary[file].pairs {
        rest += summary[file].pairs
        file += 1
      }
      let text = ExactText(pair.source)
      if let number = known[text] {
        numbers.append(number)
        continue
      }
      let number = Int32(result.count)
      known[text] = number
      numbers.append(number)
      result.append(
        source: pair.source, target: pair.target, line: lines.isEmpty ? 0 : line(of: index))
      if file < summary.count { result.summary[file].pairs += 1 }
    }
    return (result, numbers)
  }

  /// Puts the pairs of other files after these.
  package mutating func append(_ other: ParallelCorpus) {
    for (index, pair) in other.enumerated() {
      append(source: pair.source, target: pair.target, line: other.line(of: index))
    }
    summary += other.summary
  }
}
