/// A rectangle of floats: a view of `rows × columns` elements, row after row, `stride` floats apart.
///
/// Copying a matrix copies the view and not the elements, as with a slice of paper on a desk: blocks of
/// rows and of columns of one matrix are matrices too and write through to it. A vector is a matrix of
/// one row. Memory comes from a ``Workspace`` (scratch of one update), from ``Parameters`` (weights and
/// everything shaped like them) or, for tests and small things, from `init(rows:columns:repeating:)`.
package struct Matrix: Sendable {
  let storage: Storage
  let offset: Int
  /// Number of rows.
  package let rows: Int
  /// Number of columns.
  package let columns: Int
  /// Distance, in floats, from the start of a row to the start of the next; at least ``columns``.
  package let stride: Int

  init(storage: Storage, offset: Int, rows: Int, columns: Int, stride: Int) {
    precondition(
      rows >= 0 && columns >= 0 && stride >= columns && offset >= 0
        && (rows == 0 || offset + (rows - 1) * stride + columns <= storage.count),
      "\(rows) × \(columns) with stride \(stride) at \(offset) leaves its storage of \(storage.count)"
    )
    self.storage = storage
    self.offset = offset
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// A matrix with memory of its own, in which every element is `value`.
  package init(rows: Int, columns: Int, repeating value: Float = 0) {
    self.init(
      storage: Storage(repeating: value, count: rows * columns), offset: 0, rows: rows,
      columns: columns, stride: columns)
  }

  /// A matrix with memory of its own that holds `elements`, row after row.
  package init(rows: Int, columns: Int, _ elements: [Float]) {
    precondition(
      elements.count == rows * columns,
      "\(rows) × \(columns) needs \(rows * columns) elements, not \(elements.count)")
    self.init(rows: rows, columns: columns)
    for (index, element) in elements.enumerated() {
      unsafe storage.base[index] = element
    }
  }

  /// The elements of `rows` × `columns`.
  package var count: Int { rows * columns }

  /// Whether the rows follow each other without a gap.
  package var isContiguous: Bool { stride == columns || rows <= 1 }

  /// One element; both indices are checked.
  package subscript(row: Int, column: Int) -> Float {
    get {
      check(row, column)
      return unsafe storage.base[offset + row * stride + column]
    }
    nonmutating set {
      check(row, column)
      unsafe storage.base[offset + row * stride + column] = newValue
    }
  }

  /// A block of rows, which writes through to this matrix.
  package func rows(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of a matrix of \(rows) rows"
    )
    return Matrix(
      storage: storage, offset: offset + (range.isEmpty ? 0 : range.lowerBound * stride),
      rows: range.count, columns: columns, stride: stride)
  }

  /// A block of columns, which writes through to this matrix.
  package func columns(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "columns \(range) of a matrix of \(columns) columns")
    return Matrix(
      storage: storage, offset: rows == 0 ? offset : offset + range.lowerBound, rows: rows,
      columns: range.count, stride: stride)
  }

  /// The same elements in rows of another length; the matrix has to be contiguous.
  package func reshaped(columns: Int) -> Matrix {
    precondition(
      isContiguous && columns > 0 && count % columns == 0,
      "\(rows) × \(self.columns) with stride \(stride) in rows of \(columns)")
    return Matrix(
      storage: storage, offset: offset, rows: count / columns, columns: columns, stride: columns)
  }

  /// A copy of the elements, row after row.
  package var elements: [Float] {
    var result: [Float] = []
    result.reserveCapacity(count)
    for row in 0..<rows {
      let start = offset + row * stride
      for index in start..<(start + columns) {
        unsafe result.append(storage.base[index])
      }
    }
    return result
  }

  /// Where the first element stands; for ``Kernels`` only.
  var pointer: UnsafeMutablePointer<Float> { unsafe storage.base + offset }

  private func check(_ row: Int, _ column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "[\(row), \(column)] of a matrix of \(rows) × \(columns)")
  }
}
