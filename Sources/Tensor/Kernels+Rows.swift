import CDragomanKernels

/// Moving and adding rows.
extension Kernels {
  /// target[i] = source[rows[i]].
  public func gather(_ rows: [Int32], of source: Matrix, into target: Matrix) {
    precondition(
      target.rows == rows.count && target.columns == source.columns,
      "\(rows.count) rows of \(source.shape) into \(target.shape)")
    split(rows.count, work: source.columns) { range in
      for i in range {
        let row = check(rows[i], source)
        unsafe (target.pointer + i * target.stride).update(
          from: source.pointer + row * source.stride, count: source.columns)
      }
    }
  }

  /// target[rows[i]] = source[i]; no row twice.
  public func scatter(_ source: Matrix, to rows: [Int32], of target: Matrix) {
    precondition(
      source.rows == rows.count && target.columns == source.columns,
      "\(source.shape) to \(rows.count) rows of \(target.shape)")
    split(rows.count, work: source.columns) { range in
      for i in range {
        let row = check(rows[i], target)
        unsafe (target.pointer + row * target.stride).update(
          from: source.pointer + i * source.stride, count: source.columns)
      }
    }
  }

  /// target[rows[i]] += source[i] in increasing i; a row may come often.
  public func scatterAdd(_ source: Matrix, to rows: [Int32], of target: Matrix) {
    precondition(
      source.rows == rows.count && target.columns == source.columns,
      "\(source.shape) to \(rows.count) rows of \(target.shape)")
    // By columns, so that every sum has one order.
    split(source.columns, work: rows.count, unit: 16) { range in
      for i in rows.indices {
        let row = check(rows[i], target)
        unsafe table.pointee.add(
          1, range.count, source.pointer + i * source.stride + range.lowerBound, 0,
          target.pointer + row * target.stride + range.lowerBound, 0)
      }
    }
  }

  private func check(_ row: Int32, _ matrix: Matrix) -> Int {
    precondition(row >= 0 && Int(row) < matrix.rows, "row \(row) of \(matrix.shape)")
    return Int(row)
  }

  /// b = a.
  public func copy(_ a: Matrix, to b: Matrix) {
    precondition(a.rows == b.rows && a.columns == b.columns, "\(a.shape) to \(b.shape)")
    split(a.rows, work: a.columns) { range in
      for i in range {
        unsafe (b.pointer + i * b.stride).update(
          from: a.pointer + i * a.stride, count: a.columns)
      }
    }
  }

  /// b += a.
  public func add(_ a: Matrix, to b: Matrix) {
    precondition(a.rows == b.rows && a.columns == b.columns, "\(a.shape) to \(b.shape)")
    split(a.rows, work: a.columns) { range in
      unsafe table.pointee.add(
        range.count, a.columns, a.pointer + range.lowerBound * a.stride, a.stride,
        b.pointer + range.lowerBound * b.stride, b.stride)
    }
  }

  /// Every element = value.
  public func fill(_ matrix: Matrix, with value: Float) {
    if matrix.rows == 1 {
      split(matrix.columns, work: 1) { range in
        unsafe (matrix.pointer + range.lowerBound).update(repeating: value, count: range.count)
      }
      return
    }
    split(matrix.rows, work: matrix.columns) { range in
      for i in range {
        unsafe (matrix.pointer + i * matrix.stride).update(
          repeating: value, count: matrix.columns)
      }
    }
  }

  /// row[j] += Σᵢ a[i, j] in increasing i.
  public func addColumnSums(of a: Matrix, to row: Matrix) {
    precondition(row.rows == 1 && row.columns == a.columns, "sums of \(a.shape) in \(row.shape)")
    split(a.columns, work: a.rows, unit: 16) { range in
      unsafe table.pointee.column_sums(
        a.rows, range.count, a.pointer + range.lowerBound, a.stride,
        row.pointer + range.lowerBound)
    }
  }
}
