public import DragomanTensor

/// A table with a row of E numbers for each of V token ids.
///
///     x_i = W[id_i]          ∂W[id_i] += ∂x_i
public struct Embedding: Sendable {
  /// `[V, E]`.
  let table: Parameter

  /// Adds the table `name` to the layout; normal with deviation E^−½, so that a row has length one.
  public init(name: String, vocabulary: Int, size: Int, layout: inout ParameterLayout) {
    table = layout.matrix(
      name, rows: vocabulary, columns: size,
      .normal(deviation: 1 / Float(size).squareRoot()))
  }

  /// Numbers per token.
  public var size: Int { table.columns }

  /// Looks up N ids: `[N, E]`.
  public func forward(_ ids: [Int32], _ pass: Pass) -> Matrix {
    let result = pass.workspace.matrix(rows: ids.count, columns: size)
    forward(ids, into: result, pass)
    return result
  }

  /// Looks up N ids into memory of the caller's, `[N, E]`.
  public func forward(_ ids: [Int32], into result: Matrix, _ pass: Pass) {
    pass.timed(.embedding) {
      pass.kernels.gather(ids, of: pass.weights[table], into: result)
    }
  }

  /// Adds the gradient of the N rows, `[N, E]`, to the rows of the table they came from.
  public func backward(_ gradient: Matrix, ids: [Int32], _ pass: Pass, gradients: Parameters) {
    pass.timed(.embeddingBackward) {
      pass.kernels.scatterAdd(gradient, to: ids, of: gradients[table])
    }
  }
}
