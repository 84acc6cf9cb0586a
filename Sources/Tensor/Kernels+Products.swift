import CDragomanKernels

/// The right operand of a product, rearranged once for many products with it.
public struct PackedMatrix: Sendable {
  /// Rows of the operand: k.
  public let rows: Int
  /// Columns of the operand: n.
  public let columns: Int
  let panels: Matrix
}

extension Kernels {
  /// c = a·b, or c += a·b.
  public func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    precondition(
      a.columns == b.rows && c.rows == a.rows && c.columns == b.columns,
      "\(a.shape) times \(b.shape) into \(c.shape)")
    unsafe product(
      c, k: a.columns, a: a.pointer, aRow: a.stride, aColumn: 1,
      b: b.pointer, bRow: b.stride, bColumn: 1, packed: nil, bias: nil, adding: adding)
  }

  /// c = a·bᵀ + bias, or c += a·bᵀ; the bias is a row.
  public func multiply(
    _ a: Matrix, transposed b: Matrix, bias: Matrix? = nil, into c: Matrix, adding: Bool = false
  ) {
    precondition(
      a.columns == b.columns && c.rows == a.rows && c.columns == b.rows,
      "\(a.shape) times the transpose of \(b.shape) into \(c.shape)")
    unsafe product(
      c, k: a.columns, a: a.pointer, aRow: a.stride, aColumn: 1,
      b: b.pointer, bRow: 1, bColumn: b.stride, packed: nil, bias: bias, adding: adding)
  }

  /// c = aᵀ·b, or c += aᵀ·b.
  public func multiply(
    transposed a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false
  ) {
    precondition(
      a.rows == b.rows && c.rows == a.columns && c.columns == b.columns,
      "the transpose of \(a.shape) times \(b.shape) into \(c.shape)")
    unsafe product(
      c, k: a.rows, a: a.pointer, aRow: 1, aColumn: a.stride,
      b: b.pointer, bRow: b.stride, bColumn: 1, packed: nil, bias: nil, adding: adding)
  }

  /// c = a·b + bias, or c += a·b, with b packed.
  public func multiply(
    _ a: Matrix, _ b: PackedMatrix, bias: Matrix? = nil, into c: Matrix, adding: Bool = false
  ) {
    precondition(
      a.columns == b.rows && c.rows == a.rows && c.columns == b.columns,
      "\(a.shape) times \(b.rows) × \(b.columns), packed, into \(c.shape)")
    unsafe product(
      c, k: a.columns, a: a.pointer, aRow: a.stride, aColumn: 1,
      b: nil, bRow: 0, bColumn: 0, packed: b.panels.pointer, bias: bias, adding: adding)
  }

  /// Packs b, or its transpose, as a right operand, in memory of the workspace or of its own.
  public func pack(_ b: Matrix, transposed: Bool, in workspace: Workspace? = nil) -> PackedMatrix {
    let (rows, columns) = transposed ? (b.columns, b.rows) : (b.rows, b.columns)
    let panel = unsafe Int(table.pointee.panel)
    let count = (columns + panel - 1) / panel * panel
    let panels =
      workspace?.matrix(rows: 1, columns: rows * count)
      ?? Matrix(
        storage: Storage(uninitialized: rows * count), offset: 0, rows: 1,
        columns: rows * count, stride: rows * count)
    let (row, column) = transposed ? (1, b.stride) : (b.stride, 1)
    split(columns, work: rows, unit: panel) { range in
      unsafe table.pointee.pack(
        rows, columns, b.pointer, row, column, range.lowerBound, range.upperBound,
        panels.pointer)
    }
    return PackedMatrix(rows: rows, columns: columns, panels: panels)
  }

  /// Splits a product by rows or by columns of c: by the longer side, since each part packs the operand
  /// of the other side for itself.
  private func product(
    _ c: Matrix, k: Int, a: UnsafePointer<Float>, aRow: Int, aColumn: Int,
    b: UnsafePointer<Float>?, bRow: Int, bColumn: Int, packed: UnsafePointer<Float>?,
    bias: Matrix?, adding: Bool
  ) {
    precondition(
      bias.map { $0.rows == 1 && $0.columns == c.columns && !adding } ?? true,
      "a bias of \(bias?.shape ?? "") for \(c.shape)\(adding ? ", adding" : "")")
    let (m, n) = (c.rows, c.columns)
    guard m > 0, n > 0 else { return }
    let panel = unsafe Int(table.pointee.panel)
    let start = adding ? DRAGOMAN_FROM_C : bias == nil ? DRAGOMAN_FROM_ZERO : DRAGOMAN_FROM_BIAS
    let byColumns = n >= m
    let (count, work) = byColumns ? (n, m) : (m, n)
    split(count, work: work * max(k, 1) / 8, unit: byColumns ? panel : 1) { range in
      let (i, j) = byColumns ? (0, range.lowerBound) : (range.lowerBound, 0)
      var part = unsafe dragoman_product(
        m: byColumns ? m : range.count, n: byColumns ? range.count : n, k: k,
        a: a + i * aRow, a_row: aRow, a_column: aColumn,
        b: unsafe b.map { unsafe $0 + j * bColumn }, b_row: bRow, b_column: bColumn,
        packed_b: unsafe packed.map { unsafe $0 + j * k },
        c: c.pointer + i * c.stride + j, ldc: c.stride, start: Int32(start),
        bias: unsafe bias.map { unsafe UnsafePointer($0.pointer + j) })
      unsafe withScratch { scratch in unsafe table.pointee.product(&part, scratch) }
    }
  }
}
