import DragomanTensor

/// f: what a sublayer of a Transformer does with its rows, before add and norm.
package enum SublayerFunction: Sendable {
  /// Rows look at those of their own sentence.
  case attention(SelfAttention)
  /// Rows are told of those before them by a recurrence.
  case recurrence(SelfRecurrence)
  /// Rows look at the source.
  case cross(CrossAttention)
  /// Each row by itself.
  case feedForward(FeedForward)

  /// What was kept for the backward pass, and by whom.
  package enum Trace {
    /// Of self-attention.
    case attention(SelfAttention, SelfAttention.Trace)
    /// Of a recurrence.
    case recurrence(SelfRecurrence, Recurrence.Trace)
    /// Of attention to the source.
    case cross(CrossAttention, CrossAttention.Trace)
    /// Of a feed-forward network.
    case feedForward(FeedForward, FeedForward.Trace)
  }

  /// Maps `[N, D]` to `[N, D]`, in memory of the caller's.
  func forward(
    _ x: Matrix, into y: Matrix, _ batch: TransformerBatch, _ pass: Pass
  ) -> Trace {
    switch self {
    case .attention(let attention):
      return .attention(
        attention,
        attention.forward(
          x, into: y, offsets: batch.offsets, longest: batch.longest, sentences: batch.sentences,
          pass))
    case .recurrence(let recurrence):
      return .recurrence(recurrence, recurrence.forward(x, into: y, batch, pass))
    case .cross(let attention):
      guard let memory = batch.memory else { preconditionFailure("there is no source to look at") }
      return .cross(
        attention,
        attention.forward(
          x, into: y, offsets: batch.offsets, memory, longest: memory.longest,
          sentences: batch.sentences, pass))
    case .feedForward(let network):
      return .feedForward(network, network.forward(x, into: y, sentences: batch.sentences, pass))
    }
  }

  /// Multiply-adds in the forward pass through sentences that begin at `offsets` and look at those that begin at
  /// `sources`.
  func multiplications(offsets: [Int32], sources: [Int32]) -> Double {
    let (rows, seen) = (Double(offsets.last ?? 0), Double(sources.last ?? 0))
    switch self {
    case .attention(let attention):
      return rows * Double(attention.multiplications)
        + attention.heads.multiplications(
          width: attention.size, queries: offsets, sources: offsets)
    case .recurrence(let recurrence):
      return rows * Double(2 * recurrence.size * recurrence.size)
    case .cross(let attention):
      return rows * Double(attention.multiplicationsPerTarget)
        + seen * Double(attention.multiplicationsPerSource)
        + attention.heads.multiplications(
          width: attention.size, queries: offsets, sources: sources)
    case .feedForward(let network): return rows * Double(network.multiplications)
    }
  }
}

extension SublayerFunction.Trace {
  /// Adds to the gradients of the parameters and returns ∂x, `[N, D]`, given ∂y; attention to the source adds to the
  /// gradient of that, `[M, D_h]`.
  func backward(
    _ gradient: Matrix, memory: Matrix?, _ batch: TransformerBatch, _ pass: Pass,
    gradients: Parameters
  ) -> Matrix {
    switch self {
    case .attention(let attention, let trace):
      return attention.backward(gradient, trace, pass, gradients: gradients)
    case .recurrence(let recurrence, let trace):
      return recurrence.backward(gradient, trace, pass, gradients: gradients)
    case .cross(let attention, let trace):
      guard let memory else { preconditionFailure("the source has no gradient to add to") }
      return attention.backward(gradient, addingTo: memory, trace, pass, gradients: gradients)
    case .feedForward(let network, let trace):
      return network.backward(
        gradient, trace, sentences: batch.sentences, pass, gradients: gradients)
    }
  }
}
