package import DragomanText

/// What an encoder reads: the sources of a batch.
package enum Source: Sendable {
  /// Sentences as token numbers, one after the other; `offsets` says where each begins, and at last how many there are.
  case tokens(ids: [Int32], offsets: [Int32])
  /// Rows of numbers.
  case features(FeatureRows)

  /// Sources that stand apart.
  package static func tokens(_ sources: [[Int32]]) -> Source {
    .tokens(
      ids: sources.flatMap(\.self),
      offsets: sources.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) })
  }

  /// Where each begins in the list of all tokens or rows, and at last how many these are.
  package var offsets: [Int32] {
    switch self {
    case .tokens(_, let offsets): offsets
    case .features(let rows): rows.offsets
    }
  }

  /// How many there are.
  package var count: Int { offsets.count - 1 }
  /// The tokens or rows of all of them.
  package var positions: Int { Int(offsets[count]) }
}

/// What a source is made of, which the sizes of an encoder depend on.
package enum SourceShape: Sendable, Hashable {
  /// Tokens, which have so many numbers.
  case tokens(vocabulary: Int)
  /// Rows of so many numbers.
  case features(size: Int)
}

extension Batch {
  /// What is read.
  package var source: Source { .tokens(ids: sourceIDs, offsets: sourceOffsets) }
}
