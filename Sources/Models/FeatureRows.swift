import DragomanLayers
import DragomanTensor

/// Rows of numbers that others computed, a list of them for each example: frames of speech, steps of a time series,
/// regions.
///
/// Row i of example b is row `offsets[b] + i` of `[N, d]`; no example is empty.
package struct FeatureRows: Sendable, Equatable {
  /// `[N, d]`, one example after the other.
  package private(set) var numbers: [Float] = []
  /// d, the numbers of a row.
  package let size: Int
  /// Where each example begins, and at last N.
  package private(set) var offsets: [Int32] = [0]

  /// Rows of examples, `[T, d]` each.
  package init(_ examples: some Sequence<[Float]>, size: Int) {
    self.size = size
    for example in examples { append(example) }
  }

  /// Adds the rows of an example.
  package mutating func append(_ rows: [Float]) {
    precondition(
      size >= 1 && !rows.isEmpty && rows.count.isMultiple(of: size),
      "\(rows.count) numbers in rows of \(size)")
    numbers += rows
    offsets.append(Int32(numbers.count / size))
  }

  /// N.
  package var rows: Int { numbers.count / size }
  /// How many examples there are.
  package var count: Int { offsets.count - 1 }

  /// The rows of an example, `[T, d]`.
  package subscript(index: Int) -> [Float] {
    Array(numbers[(Int(offsets[index]) * size)..<(Int(offsets[index + 1]) * size)])
  }

  /// The rows in the memory of a pass, `[N, d]`.
  func matrix(_ pass: Pass) -> Matrix {
    let result = pass.workspace.matrix(rows: rows, columns: size)
    result.write(numbers, at: 0)
    return result
  }
}
