/// One slab of floats over a ``ParameterLayout``: the weights, or anything that has a number per weight.
///
/// Weights, gradients and an optimizer's moments are values of this one type, so clearing, clipping,
/// updating, counting, saving and comparing are each one loop over ``slab``. A `Parameters` is an object:
/// whoever holds it sees every change; ``copy()`` makes another.
package final class Parameters: Sendable {
  /// What stands where.
  package let layout: ParameterLayout
  /// All floats as one row, gaps included.
  package let slab: Matrix

  /// A slab of zeros.
  package init(layout: ParameterLayout) {
    self.layout = layout
    slab = Matrix(rows: 1, columns: layout.count)
  }

  /// The tensor of a handle.
  package subscript(_ parameter: Parameter) -> Matrix {
    Matrix(
      storage: slab.storage, offset: parameter.offset, rows: parameter.rows,
      columns: parameter.columns, stride: parameter.columns)
  }

  /// The tensor of this name, if the layout has one.
  package subscript(named name: String) -> Matrix? {
    layout.entries.first { $0.name == name }.map { self[$0.handle] }
  }

  /// Sets every float to 0.
  package func clear(_ kernels: Kernels) {
    kernels.fill(slab, with: 0)
  }

  /// Another slab with the same floats.
  package func copy() -> Parameters {
    let result = Parameters(layout: layout)
    unsafe result.slab.pointer.update(from: slab.pointer, count: layout.count)
    return result
  }
}
