/// How often something was found in a corpus, and where at first.
package struct CorpusFinding: Sendable, Equatable {
  /// How often.
  package private(set) var count = 0
  /// The first places, as `file:line`.
  package private(set) var examples: [String] = []
  /// What was found at each of these places; empty where the place says all.
  package private(set) var excerpts: [String] = []

  /// How many places are kept.
  static let exampleLimit = 2

  /// Counts once more.
  mutating func add(_ place: @autoclosure () -> String, excerpt: @autoclosure () -> String = "") {
    count += 1
    guard examples.count < Self.exampleLimit else { return }
    let place = place()
    guard examples.last != place else { return }
    examples.append(place)
    excerpts.append(excerpt())
  }

  /// Counts what another has counted.
  mutating func add(_ other: CorpusFinding) {
    count += other.count
    let missing = Self.exampleLimit - examples.count
    examples += other.examples.prefix(missing)
    excerpts += other.excerpts.prefix(missing)
  }

  /// The places, each with what was found there.
  package var places: String {
    zip(examples, excerpts).map { $1.isEmpty ? $0 : "\($0) \($1)" }.joined(separator: ", ")
      + (count > examples.count && !examples.isEmpty ? ", …" : "")
  }
}
