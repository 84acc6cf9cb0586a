/// What translations are compared with: one or more references of each segment.
package struct References: Sendable, Equatable {
  /// The references of each segment; every segment has one at least.
  package let segments: [[String]]
  /// How many each segment has; `nil` where segments differ.
  package let count: Int?

  /// The references of each segment.
  package init(_ segments: [[String]]) {
    precondition(!segments.contains(where: \.isEmpty), "a segment without a reference")
    self.segments = segments
    let counts = Set(segments.map(\.count))
    count = counts.count > 1 ? nil : counts.first ?? 1
  }

  /// Sets of references, each with one for every segment: `sets[r][i]` belongs to segment `i`.
  package init(sets: [[String]]) {
    precondition(!sets.isEmpty, "there has to be at least one set of references")
    for set in sets {
      precondition(
        set.count == sets[0].count, "sets of \(sets[0].count) and \(set.count) references")
    }
    segments = sets[0].indices.map { index in sets.map { $0[index] } }
    count = sets.count
  }

  /// The references in another spelling.
  package func mapped(_ spelling: (String) -> String) -> References {
    References(segments.map { $0.map(spelling) })
  }

  /// Their number, as signatures state it: `2`, or `var` where segments differ.
  package var signature: String { count.map { "\($0)" } ?? "var" }
}

/// The sources of a corpus, each once, with all of their translations as references.
///
/// Two sources are the same if they are canonically equivalent: "é" in one scalar and in two is one letter. Case
/// counts.
package struct ReferencedSources: Sendable, Equatable {
  /// The sources, in the order in which they first stand.
  package private(set) var sources: [String] = []
  /// Where each source first stands.
  package private(set) var places: [Int] = []
  /// Their references.
  package let references: References

  /// Groups pairs: `targets[i]` translates `sources[i]`.
  package init(
    sources: some Collection<String>, targets: some Collection<String>
  ) {
    precondition(sources.count == targets.count, "\(sources.count) and \(targets.count) lines")
    // Strings are equal where they are canonically equivalent.
    var segments: [String: Int] = [:]
    var references: [[String]] = []
    for (place, (source, target)) in zip(sources, targets).enumerated() {
      if let segment = segments[source] {
        if !references[segment].contains(target) { references[segment].append(target) }
      } else {
        segments[source] = references.count
        self.sources.append(source)
        places.append(place)
        references.append([target])
      }
    }
    self.references = References(references)
  }

  /// How many sources have several references.
  package var severalCount: Int { references.segments.count { $0.count > 1 } }
}
