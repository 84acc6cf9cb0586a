package import DragomanText

/// What an encoder reads: the sources of a batch.
package enum Source: Sendable {
  /// Sentences as token numbers, one after the other; `offsets` says where each begins, and at last how many there are.
  case tokens(ids: [Int32], offsets: [Int32])

  /// Sources that stand apart.
  package static func tokens(_ sources: [[Int32]]) -> Source {
    .tokens(
      ids: sources.flatMap(\.self),
      offsets: sources.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) })
  }

  /// How many there are.
  package var count: Int {
    switch self {
    case .tokens(_, let offsets): offsets.count - 1
    }
  }
}

extension Batch {
  /// What is read.
  package var source: Source { .tokens(ids: sourceIDs, offsets: sourceOffsets) }
}
