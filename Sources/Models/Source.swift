import DragomanFormats
import DragomanLayers
import DragomanTensor
package import DragomanText

/// What an encoder reads: the sources of a batch.
package enum Source: Sendable {
  /// Sentences as token numbers, one after the other; `offsets` says where each begins, and at last how many there are.
  case tokens(ids: [Int32], offsets: [Int32])
  /// Rows of numbers.
  case features(FeatureRows)
  /// Images, one after the other: `[B·H·W·C]` numbers, normalised.
  case images([Float], ImageShape)

  /// Sources that stand apart.
  package static func tokens(_ sources: [[Int32]]) -> Source {
    .tokens(
      ids: sources.flatMap(\.self),
      offsets: sources.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) })
  }

  /// Where each begins in the list of all tokens, rows or pixels, and at last how many these are.
  package var offsets: [Int32] {
    switch self {
    case .tokens(_, let offsets): offsets
    case .features(let rows): rows.offsets
    case .images(let numbers, let shape):
      (0...(numbers.count / max(shape.count, 1))).map { Int32($0 * shape.height * shape.width) }
    }
  }

  /// Whether the last position of each is an end token.
  package var endsInToken: Bool {
    switch self {
    case .tokens: true
    case .features, .images: false
    }
  }

  /// How many there are.
  package var count: Int { offsets.count - 1 }
  /// The tokens, rows or pixels of all of them.
  package var positions: Int { Int(offsets[count]) }

  /// Some of them, by their numbers.
  package subscript(places: some Collection<Int>) -> Source {
    switch self {
    case .tokens(let ids, let offsets):
      .tokens(places.map { Array(ids[Int(offsets[$0])..<Int(offsets[$0 + 1])]) })
    case .features(let rows):
      .features(FeatureRows(places.map { rows[$0] }, size: rows.size))
    case .images(let numbers, let shape):
      .images(
        places.flatMap { numbers[($0 * shape.count)..<(($0 + 1) * shape.count)] }, shape)
    }
  }

  /// What tells each of them from others, whatever stands beside it: its tokens, or a checksum of its numbers.
  package var keys: [String] {
    switch self {
    case .tokens(let ids, let offsets):
      (0..<count).map { index in
        ids[Int(offsets[index])..<Int(offsets[index + 1])].map { "\($0)" }.joined(separator: " ")
      }
    case .features(let rows): (0..<count).map { Self.checksum(of: rows[$0][...]) }
    case .images(let numbers, let shape):
      (0..<count).map {
        Self.checksum(of: numbers[($0 * shape.count)..<(($0 + 1) * shape.count)])
      }
    }
  }

  private static func checksum(of numbers: ArraySlice<Float>) -> String {
    var checksum = Checksum()
    checksum.add(floats: Array(numbers))
    return checksum.text
  }

  /// Images as pixels in the memory of a pass.
  func pixels(_ pass: Pass) -> Grid {
    guard case .images(let numbers, let shape) = self else {
      preconditionFailure("a source that an encoder of images does not read")
    }
    let grid = GridShape(images: count, height: shape.height, width: shape.width)
    let pixels = pass.workspace.matrix(rows: grid.rows, columns: shape.channels)
    pixels.write(numbers, at: 0)
    return Grid(pixels, grid)
  }
}

/// What a source is made of, which the sizes of an encoder depend on.
package enum SourceShape: Sendable, Hashable {
  /// Tokens, which have so many numbers.
  case tokens(vocabulary: Int)
  /// Rows of so many numbers.
  case features(size: Int)
  /// Images of one size.
  case images(ImageShape)

  /// Whether sources are images.
  package var isImages: Bool {
    switch self {
    case .tokens, .features: false
    case .images: true
    }
  }
}

extension Batch {
  /// What is read.
  package var source: Source { .tokens(ids: sourceIDs, offsets: sourceOffsets) }
}
