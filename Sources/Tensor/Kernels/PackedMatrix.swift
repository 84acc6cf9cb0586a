internal import CDragomanKernels

/// The right operand of a product in the order in which the kernels read it.
///
/// Weights that serve many products, such as those of a time loop, are packed once per update. The order
/// depends on the instruction set, so a packed matrix belongs to the ``Kernels`` that made it.
///
/// A large one with memory of its own whose numbers are those of eight bits and a scale for each row is packed so as
/// well, for products of few rows, which take as long as their weights come from memory. The bits are the same.
package struct PackedMatrix: Sendable {
  /// Rows of the operand: the length of the sums.
  package let rows: Int
  /// Columns of the operand: those of the product.
  package let columns: Int
  let instructions: Kernels.InstructionSet
  let panels: Matrix
  /// The same in eight bits: bytes in the memory of floats, and the scales.
  let codes: (bytes: Matrix, scales: Matrix)?

  /// Rows of a product that reads ``codes`` at most.
  static let codedRows = 4
  /// Numbers from which on that is worth it: a megabyte of floats.
  ///
  /// What is in the second-level cache comes faster than eight bits become floats. On a Xeon with AVX-512 and 2 MB of
  /// it, a row times 768 × 256 takes 1.4 times as long as by floats, times 1536 × 512 less than half as long, and
  /// times 16,000 × 1024 a sixth.
  static let leastCoded = 1 << 18

  /// A packed copy with memory of its own, for weights that do not change.
  package init(_ matrix: Matrix, transposed: Bool, kernels: Kernels) {
    self.init(matrix, transposed: transposed, kernels: kernels, codedFrom: Self.leastCoded)
  }

  /// The same; in eight bits if it has so many numbers, which tests set lower.
  init(_ matrix: Matrix, transposed: Bool, kernels: Kernels, codedFrom least: Int) {
    let (rows, columns) = PackedMatrix.shape(matrix, transposed)
    self.init(
      matrix, transposed, kernels,
      panels: Matrix(rows: 1, columns: kernels.packedCount(rows, columns)),
      codes: transposed && rows * columns >= least ? RowCodes(matrix) : nil)
  }

  init(
    _ matrix: Matrix, _ transposed: Bool, _ kernels: Kernels, panels: Matrix,
    codes rowCodes: RowCodes? = nil
  ) {
    (rows, columns) = PackedMatrix.shape(matrix, transposed)
    instructions = kernels.instructions
    self.panels = panels
    unsafe dragoman_pack(kernels.engine, matrix.view, transposed, panels.pointer)
    codes = rowCodes.map { kernels.packed($0, rows: matrix.columns, columns: matrix.rows) }
  }

  static func shape(_ matrix: Matrix, _ transposed: Bool) -> (rows: Int, columns: Int) {
    transposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
  }
}

extension Kernels {
  /// `b`, or `bᵀ`, as the right operand of many products, in memory of the workspace or of its own.
  package func pack(
    _ b: Matrix, transposed: Bool, in workspace: Workspace? = nil
  ) -> PackedMatrix {
    guard let workspace else { return PackedMatrix(b, transposed: transposed, kernels: self) }
    let (rows, columns) = PackedMatrix.shape(b, transposed)
    return PackedMatrix(
      b, transposed, self,
      panels: workspace.matrix(rows: 1, columns: packedCount(rows, columns)))
  }

  /// Whole numbers in the order in which products read them, and their scales, filled up with zeros.
  fileprivate func packed(
    _ codes: RowCodes, rows: Int, columns: Int
  ) -> (bytes: Matrix, scales: Matrix) {
    let count = unsafe dragoman_codes_count(engine, rows, columns)
    let bytes = Matrix(rows: 1, columns: max((count + 3) / 4, 1))
    let scales = Matrix(
      rows: 1, columns: max(unsafe dragoman_scales_count(engine, columns), 1))
    fill(scales, with: 0)
    scales.write(codes.scales, at: 0)
    unsafe codes.codes.withUnsafeBufferPointer { codes in
      unsafe dragoman_pack_codes(
        engine, codes.baseAddress, rows, columns,
        UnsafeMutableRawPointer(bytes.pointer).assumingMemoryBound(to: Int8.self))
    }
    return (bytes, scales)
  }

  func packedCount(_ rows: Int, _ columns: Int) -> Int {
    unsafe dragoman_packed_count(engine, rows, columns)
  }
}
