package import DragomanTensor

/// A table with a row of E numbers for each of V token ids.
///
///     x_i = ξ_i X[y_i]          ∂X[y_i] += ξ_i ∂x_i
///
/// ξ_i is 1 outside training. While training, word dropout zeroes whole rows: ξ_i = 0 with its probability and 1 / (1 −
/// that) otherwise, for each token on its own (Sennrich, Haddow and Birch 2016, section 4.1, arXiv:1606.02891, after
/// Gal and Ghahramani 2016, arXiv:1512.05287, who drop all occurrences of a word in a sentence at once).
package struct Embedding: Sendable {
  /// X, `[V, E]`.
  let table: Parameter
  /// Drops whole words.
  private var words: Dropout?

  /// Adds the table `name` to the layout; normal with deviation E^−½, so that a row has length one.
  package init(name: String, vocabulary: Int, size: Int, layout: inout ParameterLayout) {
    table = layout.matrix(
      name, rows: vocabulary, columns: size,
      .normal(deviation: 1 / Float(size).squareRoot()))
  }

  /// The same table for tokens some of which are dropped.
  package func dropping(_ words: Dropout) -> Embedding {
    var result = self
    result.words = words
    return result
  }

  /// V.
  package var vocabulary: Int { table.rows }
  /// Numbers per token.
  package var size: Int { table.columns }

  /// Looks up N ids: `[N, E]`.
  package func forward(_ ids: [Int32], _ pass: Pass) -> Matrix {
    let result = pass.workspace.matrix(rows: ids.count, columns: size)
    forward(ids, into: result, pass)
    return result
  }

  /// Looks up N ids into memory of the caller's, `[N, E]`.
  package func forward(_ ids: [Int32], into result: Matrix, _ pass: Pass) {
    pass.timed(.embedding) {
      pass.kernels.gather(ids, of: pass.weights[table], into: result)
      words?.apply(toRowsOf: result, pass)
    }
    pass.recorder?.add(.embedded(table), result)
  }

  /// Adds the gradient of the N rows, `[N, E]`, to the rows of the table they came from; rows of words that were
  /// dropped become 0.
  package func backward(_ gradient: Matrix, ids: [Int32], _ pass: Pass, gradients: Parameters) {
    pass.timed(.embeddingBackward) {
      words?.apply(toRowsOf: gradient, pass)
      pass.kernels.scatterAdd(gradient, to: ids, of: gradients[table])
    }
  }
}
