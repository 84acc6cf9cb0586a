/// One of the equal pieces that a batch is cut into, so that several processes can share it.
///
/// Which examples it has follows from the batch alone: as cards are dealt, example i of the batch goes to piece
/// i mod m. Examples stand by length, so that the pieces have about as many tokens each.
struct Piece: Sendable, Equatable {
  /// Its number, from 0.
  let index: Int
  /// The pieces of the batch.
  let count: Int

  /// The whole batch.
  static let whole = Piece(index: 0, count: 1)

  /// What it has of a batch.
  func part(of indices: ArraySlice<Int32>) -> ArraySlice<Int32> {
    guard count > 1 else { return indices }
    let places = stride(from: indices.startIndex + index, to: indices.endIndex, by: count)
    return ArraySlice(places.map { indices[$0] })
  }
}

/// Sums whose order depends on the number of the parts alone.
enum PieceTree {
  /// The sum of 2^n parts: of the sum of their first half and that of their second.
  static func sum<Value>(_ parts: ArraySlice<Value>, _ add: (Value, Value) -> Value) -> Value {
    guard parts.count > 1 else { return parts[parts.startIndex] }
    let middle = parts.startIndex + parts.count / 2
    return add(sum(parts[..<middle], add), sum(parts[middle...], add))
  }

  /// Whether a batch can be cut into so many pieces: a power of two.
  static func isCount(_ count: Int) -> Bool { count > 0 && count & (count - 1) == 0 }
}
