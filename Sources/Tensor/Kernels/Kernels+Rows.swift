internal import CDragomanKernels

// Rows moved, added and filled. No result depends on the threads: sums over rows are split by columns.
extension Kernels {
  /// `target[i] = source[rows[i]]`.
  package func gather(_ rows: [Int32], of source: Matrix, into target: Matrix) {
    check(rows, target, source, "gather")
    unsafe rows.withUnsafeBufferPointer {
      unsafe dragoman_gather(engine, source.view, $0.baseAddress, target.view)
    }
  }

  /// `target[rows[i]] = source[i]`; no row may be named twice.
  package func scatter(_ source: Matrix, to rows: [Int32], of target: Matrix) {
    check(rows, source, target, "scatter")
    unsafe rows.withUnsafeBufferPointer {
      unsafe dragoman_scatter(engine, source.view, $0.baseAddress, target.view)
    }
  }

  /// `target[rows[i]] += source[i]`, in increasing `i`; rows may be named several times.
  package func scatterAdd(_ source: Matrix, to rows: [Int32], of target: Matrix) {
    check(rows, source, target, "scatterAdd")
    unsafe rows.withUnsafeBufferPointer {
      unsafe dragoman_scatter_add(engine, source.view, $0.baseAddress, target.view)
    }
  }

  /// `b = a`.
  package func copy(_ a: Matrix, to b: Matrix) {
    requireEqualShapes(a, b, "copy")
    unsafe dragoman_copy(engine, a.view, b.view)
  }

  /// `b += a`.
  package func add(_ a: Matrix, to b: Matrix) {
    requireEqualShapes(a, b, "add")
    unsafe dragoman_add(engine, a.view, b.view)
  }

  /// Sets every element to `value`.
  package func fill(_ matrix: Matrix, with value: Float) {
    unsafe dragoman_fill(engine, matrix.view, value)
  }

  /// `row[j] += Σᵢ a[i, j]`, in increasing `i`: the gradient of a bias.
  package func addColumnSums(of a: Matrix, to row: Matrix) {
    requireShape(row, 1, a.columns, "the row of column sums of \(a.shape)")
    unsafe dragoman_add_column_sums(engine, a.view, row.pointer)
  }

  /// Traps unless there is one index per row of `few`, each a row of `all`.
  private func check(_ rows: [Int32], _ few: Matrix, _ all: Matrix, _ name: StaticString) {
    precondition(
      rows.count == few.rows && few.columns == all.columns,
      "\(name): \(rows.count) indices, \(few.shape), rows of \(all.shape)")
    for row in rows {
      precondition(row >= 0 && Int(row) < all.rows, "\(name): row \(row) of \(all.shape)")
    }
  }
}
