import DragomanFormats
import DragomanSystem

/// How often examples of each class were given each class.
package struct ConfusionMatrix: Sendable, Equatable {
  /// The names of the classes, in the order of their bytes.
  package let labels: [String]
  /// For each class that is right, how often each class was found.
  package private(set) var counts: [[Int]]

  /// Counts what was found beside what is right, example by example.
  package init(found: [String], expected: [String]) {
    precondition(
      found.count == expected.count, "\(found.count) classes found, \(expected.count) expected")
    labels = Set((found + expected).map { ExactText($0) }).sorted().map(\.text)
    let numbers = Dictionary(
      uniqueKeysWithValues: labels.enumerated().map { (ExactText($1), $0) })
    counts = [[Int]](
      repeating: [Int](repeating: 0, count: labels.count), count: labels.count)
    for (found, expected) in zip(found, expected) {
      if let column = numbers[ExactText(found)], let row = numbers[ExactText(expected)] {
        counts[row][column] += 1
      }
    }
  }

  /// How one class fares.
  package struct ClassScore: Sendable, Equatable {
    /// Its name.
    package let label: String
    /// The share of what was given the class that has it; 0 if nothing was.
    package let precision: Double
    /// The share of what has the class that was given it; 0 if nothing has it.
    package let recall: Double
    /// Examples that have the class.
    package let support: Int
    /// The harmonic mean of precision and recall; 0 if both are.
    package var f1: Double {
      precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
    }
  }

  /// All examples.
  package var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
  /// Examples whose class is right.
  package var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
  /// The share of examples whose class is right.
  package var accuracy: Double { Double(correct) / Double(max(total, 1)) }
  /// The mean of F1 over all classes, those that only were found among them, as scikit-learn's
  /// `f1_score(average="macro")` does.
  package var macroF1: Double {
    scores.reduce(0) { $0 + $1.f1 } / Double(max(labels.count, 1))
  }

  /// How each class fares.
  package var scores: [ClassScore] {
    labels.indices.map { index in
      let hits = Double(counts[index][index])
      let found = counts.reduce(0) { $0 + $1[index] }
      let support = counts[index].reduce(0, +)
      return ClassScore(
        label: labels[index], precision: found == 0 ? 0 : hits / Double(found),
        recall: support == 0 ? 0 : hits / Double(support), support: support)
    }
  }

  /// The accuracies that the true one lies between with 95 % confidence (Wilson 1927), as shares.
  package var interval: ClosedRange<Double> {
    let n = Double(max(total, 1))
    let z = 1.959963984540054
    let center = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
    let half =
      z / (1 + z * z / n)
      * (accuracy * (1 - accuracy) / n + z * z / (4 * n * n)).squareRoot()
    return max(center - half, 0)...min(center + half, 1)
  }
}

extension ConfusionMatrix {
  /// The macro F1 that 95 % of draws lie between, as shares: the examples are drawn again, with replacement, many
  /// times.
  ///
  /// That is the percentile bootstrap (Efron 1979). The mean of a draw is over the classes that occur in it, as the
  /// figure itself is over those that occur at all.
  package func macroF1Interval(
    samples: Int = 1000, using random: inout some RandomNumberGenerator
  ) -> ClosedRange<Double> {
    precondition(samples >= 1, "\(samples) samples")
    let size = labels.count
    let examples = counts.enumerated().flatMap { row, counts in
      counts.enumerated().flatMap { column, count in
        [Int](repeating: row * size + column, count: count)
      }
    }
    guard !examples.isEmpty else { return 0...0 }
    let figures = (0..<samples).map { _ in
      var (hits, found, support) = (
        [Int](repeating: 0, count: size), [Int](repeating: 0, count: size),
        [Int](repeating: 0, count: size)
      )
      for drawn in drawnSegments(of: examples.count, using: &random) {
        let (row, column) = examples[drawn].quotientAndRemainder(dividingBy: size)
        support[row] += 1
        found[column] += 1
        if row == column { hits[row] += 1 }
      }
      // 2 P R / (P + R) = 2 hits / (found + support).
      let occurring = (0..<size).filter { found[$0] + support[$0] > 0 }
      return occurring.reduce(0) { $0 + 2 * Double(hits[$1]) / Double(found[$1] + support[$1]) }
        / Double(occurring.count)
    }
    let interval = BootstrapInterval(of: figures)
    return interval.lower...interval.upper
  }

  /// How many examples have a class that is none of these, class by class.
  package func examples(besides known: [String]) -> [(label: String, count: Int)] {
    let known = Set(known.map { ExactText($0) })
    return zip(labels, counts).compactMap { label, row in
      let count = row.reduce(0, +)
      return count == 0 || known.contains(ExactText(label)) ? nil : (label, count)
    }
  }
}
