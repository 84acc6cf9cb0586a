package import DragomanTensor

/// How a list of an encoder's vectors becomes one.
package enum RowPoolingKind: String, CaseIterable, Sendable {
  /// The first of them: the class row of an image, the first token of a sentence.
  case cls
  /// Their mean.
  case mean
  /// Their mean, weighed by attention.
  case attention
}

/// One vector for each list of vectors: what a classifier reads.
package enum RowPooling: Sendable {
  /// y = h_0.
  case cls
  /// y = (1/n) Σ h_i.
  case mean
  /// y = Σ α_i h_i.
  case attention(AttentionPooling)

  /// That of a kind for vectors of `size` numbers; attention adds `name.query`.
  package init(
    _ kind: RowPoolingKind, name: String, size: Int, layout: inout ParameterLayout
  ) {
    self =
      switch kind {
      case .cls: .cls
      case .mean: .mean
      case .attention:
        .attention(AttentionPooling(name: name, size: size, layout: &layout))
      }
  }

  /// Which it is.
  package var kind: RowPoolingKind {
    switch self {
    case .cls: .cls
    case .mean: .mean
    case .attention: .attention
    }
  }

  /// What the backward pass needs.
  package struct Trace: Sendable {
    let rows: RaggedMatrix
    let kept: Kept

    enum Kept: Sendable {
      case cls
      case mean(SentenceMean)
      case attention(AttentionPooling.Trace)
    }

    /// Whether the first vector of each list is taken.
    package var isFirst: Bool {
      switch kept {
      case .cls: true
      case .mean, .attention: false
      }
    }

    /// α, `[B, longest]`, where attention pools.
    package var weights: Matrix? {
      switch kept {
      case .attention(let trace): trace.weights
      case .cls, .mean: nil
      }
    }
  }

  /// Maps B lists of vectors, `[N, D]`, to `[B, D]`; no list is empty.
  package func forward(_ rows: RaggedMatrix, _ pass: Pass) -> (output: Matrix, trace: Trace) {
    switch self {
    case .cls:
      let first = Array(rows.offsets.dropLast())
      return (
        pass.workspace.gathered(first, of: rows.matrix), Trace(rows: rows, kept: .cls)
      )
    case .mean:
      let mean = SentenceMean(of: rows, pass)
      return (mean.forward(rows.matrix, pass), Trace(rows: rows, kept: .mean(mean)))
    case .attention(let attention):
      let (y, trace) = attention.forward(rows, pass)
      return (y, Trace(rows: rows, kept: .attention(trace)))
    }
  }
}

extension RowPooling.Trace {
  /// Adds to the gradients of the parameters and returns that of the vectors, `[N, D]`, given ∂y, `[B, D]`.
  ///
  ///     cls: ∂h_0 = ∂y        mean: ∂h_i = ∂y / n
  package func backward(_ gradient: Matrix, _ pass: Pass, gradients: Parameters) -> Matrix {
    let result = pass.workspace.zeros(rows: rows.matrix.rows, columns: gradient.columns)
    switch kept {
    case .cls:
      pass.kernels.scatterAdd(gradient, to: Array(rows.offsets.dropLast()), of: result)
    case .mean(let mean): mean.backward(gradient, addingTo: result, pass)
    case .attention(let trace):
      trace.backward(gradient, addingTo: result, pass, gradients: gradients)
    }
    return result
  }
}
