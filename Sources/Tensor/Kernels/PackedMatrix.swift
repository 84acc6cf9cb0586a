internal import CDragomanKernels

/// The right operand of a product in the order in which the kernels read it.
///
/// Weights that serve many products, such as those of a time loop, are packed once per update. The order
/// depends on the instruction set, so a packed matrix belongs to the ``Kernels`` that made it.
package struct PackedMatrix: Sendable {
  /// Rows of the operand: the length of the sums.
  package let rows: Int
  /// Columns of the operand: those of the product.
  package let columns: Int
  let instructions: Kernels.InstructionSet
  let panels: Matrix

  /// A packed copy with memory of its own, for weights that do not change.
  package init(_ matrix: Matrix, transposed: Bool, kernels: Kernels) {
    let (rows, columns) = PackedMatrix.shape(matrix, transposed)
    self.init(
      matrix, transposed, kernels,
      panels: Matrix(rows: 1, columns: kernels.packedCount(rows, columns)))
  }

  init(_ matrix: Matrix, _ transposed: Bool, _ kernels: Kernels, panels: Matrix) {
    (rows, columns) = PackedMatrix.shape(matrix, transposed)
    instructions = kernels.instructions
    self.panels = panels
    unsafe dragoman_pack(kernels.engine, matrix.view, transposed, panels.pointer)
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

  func packedCount(_ rows: Int, _ columns: Int) -> Int {
    unsafe dragoman_packed_count(engine, rows, columns)
  }
}
