import DragomanFormats
package import DragomanText

/// The second side of a corpus as classes: how many there are, and how many examples each has.
package struct ClassProfile: Sendable {
  /// The names of the classes, in the order of their bytes.
  package let labels: [String]
  /// The number of each example's class.
  package let classes: [Int]
  /// How many examples each class has.
  package let counts: [Int]
  /// The words of a name on average, which are few.
  private let words: Double
  /// Whether they stand beside arrays of numbers.
  private let areOfArrays: Bool

  /// Looks at the targets of a corpus.
  package init(_ corpus: ParallelCorpus, areOfArrays: Bool = false) {
    self.areOfArrays = areOfArrays
    let names = corpus.targets.map(ClassLabels.name)
    let known = ClassLabels(Set(names.map { ExactText($0) }).sorted().map(\.text))
    classes = names.map { known.number(of: $0).map { Int($0) } ?? 0 }
    labels = known.names
    var counts = [Int](repeating: 0, count: labels.count)
    for number in classes { counts[number] += 1 }
    self.counts = counts
    let all = labels.reduce(0) { $0 + $1.split(separator: " ").count }
    words = Double(all) / Double(max(labels.count, 1))
  }

  /// How many examples there are.
  package var examples: Int { classes.count }

  /// How many times as many examples the most frequent class has as the rarest.
  var imbalance: Double { Double(counts.max() ?? 1) / Double(max(counts.min() ?? 1, 1)) }

  /// Whether the targets look like classes: two to a hundred different ones, short, each with ten examples on average.
  package var isLikely: Bool {
    (2...100).contains(labels.count) && labels.count * 10 <= examples && words <= 3
  }

  /// Why they do.
  var reason: String {
    areOfArrays
      ? "since arrays of numbers hold no text"
      : "since the second side has only \(labels.count) different values in \(NumberText.grouped(examples)) "
        + "examples; state the task if they are not classes"
  }

  /// The classes in words: `8 classes, each of 480 to 520 examples`.
  var description: String {
    let (fewest, most) = (counts.min() ?? 0, counts.max() ?? 0)
    return "\(NumberText.grouped(labels.count)) classes, each of \(NumberText.grouped(fewest))"
      + (fewest == most ? "" : " to \(NumberText.grouped(most))") + " examples"
  }
}
