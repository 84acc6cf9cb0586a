/// Which examples of a corpus are held out for validation and test, class by class.
///
/// Each class gives the same share, so that each part is like the whole. Examples with the same source stay together,
/// and the choice follows from the text of the sources alone, as in ``CorpusSplit``.
package struct StratifiedSplit: Sendable, Equatable {
  /// What is trained on.
  package private(set) var train: [Int] = []
  /// What decides which model is best.
  package private(set) var validation: [Int] = []
  /// What is looked at once.
  package private(set) var test: [Int] = []
  /// Classes of fewer than three different sources, all of which are trained on.
  package private(set) var undivided = 0

  /// Holds out a tenth of each class twice, but about two thousand examples in all at the most.
  ///
  /// - Parameters:
  ///   - corpus: the examples.
  ///   - classes: the number of each one's class, from 0.
  package init(_ corpus: ParallelCorpus, classes: [Int]) {
    precondition(
      classes.count == corpus.count, "\(classes.count) classes of \(corpus.count) examples")
    var sources = [[[Int]]](repeating: [], count: (classes.max() ?? -1) + 1)
    // A source of several classes counts for that with the lowest number.
    for indices in CorpusSplit.groups(corpus) {
      guard let own = indices.map({ classes[$0] }).min() else { continue }
      sources[own].append(indices)
    }
    let share = min(0.1, 2000 / Double(max(corpus.count, 1)))
    for groups in sources where !groups.isEmpty { divide(groups, share) }
    train.sort()
    validation.sort()
    test.sort()
  }

  /// Divides one class: at least one source is held out twice, if a third one is left to learn from.
  private mutating func divide(_ groups: [[Int]], _ share: Double) {
    guard groups.count > 2 else {
      undivided += 1
      train += groups.flatMap(\.self)
      return
    }
    let count = groups.reduce(0) { $0 + $1.count }
    let size = max(Int((share * Double(count)).rounded()), 1)
    // A source that much of the class has would fill the part alone: it is trained on.
    let most = size + size / 10 + 1
    var (held, checked) = (0, 0)
    for group in groups {
      if held < size, held + group.count <= most {
        validation += group
        held += group.count
      } else if held >= size, checked < size, checked + group.count <= most {
        test += group
        checked += group.count
      } else {
        train += group
      }
    }
  }
}
