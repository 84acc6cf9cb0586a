/// How often something was found in a corpus, and where at first.
package struct CorpusFinding: Sendable, Equatable {
  /// How often.
  package private(set) var count = 0
  /// The first places, as `file:line`.
  package private(set) var examples: [String] = []

  /// How many places are kept.
  static let exampleLimit = 2

  /// Counts once more.
  mutating func add(_ place: @autoclosure () -> String) {
    count += 1
    guard examples.count < Self.exampleLimit else { return }
    let place = place()
    if examples.last != place { examples.append(place) }
  }

  /// Counts what another has counted.
  mutating func add(_ other: CorpusFinding) {
    count += other.count
    examples += other.examples.prefix(Self.exampleLimit - examples.count)
  }
}
