/// Which pairs of a corpus are held out for validation and test.
///
/// Pairs with the same source stay together, so that nothing leaks from one part into another. The choice follows from the
/// text of the sources alone: the same corpus is split in the same way, in whatever order its lines stand.
package struct CorpusSplit: Sendable, Equatable {
  /// What is trained on.
  package private(set) var train: [Int] = []
  /// What decides which model is best.
  package private(set) var validation: [Int] = []
  /// What is looked at once.
  package private(set) var test: [Int] = []

  /// Holds out a hundredth of the pairs twice, but at least a hundred (or a tenth, if that is less) and at most two thousand.
  package init(_ corpus: ParallelCorpus) {
    let size = min(max(corpus.count / 100, min(100, corpus.count / 10)), 2000)
    let shapes = PairShape.all(of: corpus.indices, in: corpus) { _, _ in }
    var order = shapes.indices.map { (hash: shapes[$0].source, index: $0) }
    order.sort { ($0.hash, $0.index) < ($1.hash, $1.index) }
    // A source that half of the corpus has would fill the part alone: it is trained on.
    let most = size + size / 10 + 1
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { $0.hash != order[start].hash } ?? order.count
      let group = order[start..<end].map(\.index)
      if validation.count < size, validation.count + group.count <= most {
        validation += group
      } else if validation.count >= size, test.count < size, test.count + group.count <= most {
        test += group
      } else {
        train += group
      }
      start = end
    }
    train.sort()
    validation.sort()
    test.sort()
  }
}

extension ParallelCorpus {
  /// Pairs as lines of TSV; white space is normalised, so that no tab or line break stands in a column.
  package func tsv(of indices: [Int]) -> [UInt8] {
    var result: [UInt8] = []
    for index in indices {
      appendNormalized(Array(sources.utf8(at: index)), to: &result)
      result.append(UInt8(ascii: "\t"))
      appendNormalized(Array(targets.utf8(at: index)), to: &result)
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }
}
