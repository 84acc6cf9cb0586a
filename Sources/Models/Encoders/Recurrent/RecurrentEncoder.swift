package import DragomanLayers
import DragomanTensor

/// Reads a batch of sentences: word vectors and a stack of recurrent layers.
///
///     x = dropout(X[y])        h = stack(x)
package struct RecurrentEncoder: Sendable {
  let embedding: Embedding
  let embeddingDropout: Dropout
  /// The layers.
  package let stack: RecurrentStack
  /// In what comes out: attention, and a first state that is a mean, read it; final states are as they are.
  let encodedDropout: Dropout
  /// What it was made of.
  package let configuration: RecurrentEncoderConfiguration

  /// Adds the parameters `encoder.…` to the layout, but for a table that is shared.
  init(
    _ encoder: RecurrentEncoderConfiguration, in model: ModelConfiguration, vocabulary: Int,
    shared: Embedding?, layout: inout ParameterLayout
  ) {
    let dropout = model.dropout
    let table =
      shared
      ?? Embedding(
        name: "encoder.embedding", vocabulary: vocabulary, size: model.embedding, layout: &layout)
    embedding = table.dropping(
      Dropout(probability: dropout.sourceWords, path: "encoder.embedding.words"))
    embeddingDropout = dropout.mask(dropout.embedding, "encoder.embedding")
    stack = RecurrentStack(
      name: "encoder",
      encoder.shape(
        inputs: model.embedding, isBidirectional: encoder.bidirectional, dropout: dropout),
      layout: &layout)
    encodedDropout = dropout.mask(dropout.encoded, "encoder")
    configuration = encoder
  }

  /// The cell of the layers.
  package var cell: CellKind { configuration.cell }
  /// D, the numbers per source token that come out.
  package var width: Int { stack.width }

  /// What the way back needs.
  package struct Trace {
    let ids: [Int32]
    /// What the layers keep.
    package let stack: RecurrentStack.Trace
  }

  /// Encodes N tokens of B sentences: states `[N, D]`, and the final ones, `[B, H]`.
  func forward(_ source: Source, _ pass: Pass) -> (encoded: EncodedSource, trace: Trace) {
    switch source {
    case .tokens(let ids, let offsets):
      let order = PackedOrder(offsets: offsets)
      let x = embedding.forward(ids, pass)
      embeddingDropout.apply(to: x, sentences: order.rowSentences[...], pass)
      let (output, trace) = stack.forward(x, order: order, pass)
      let finals = trace.finalStates(pass.workspace)
      encodedDropout.apply(to: output, sentences: order.rowSentences[...], pass)
      return (
        EncodedSource(states: RaggedMatrix(output, offsets: offsets), finals: finals),
        Trace(ids: ids, stack: trace)
      )
    }
  }

  /// Adds to the gradients of all of the encoder's parameters, given ∂h, `[N, D]`, and those of the final states, `[B, H]`.
  ///
  /// In the forward pass: x = dropout(X[y]); h = dropout(stack(x)).
  func backward(
    _ gradient: EncodedGradient, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) {
    let order = trace.stack.order
    pass.recorder?.add(.encodedGradient, gradient.states)
    encodedDropout.apply(to: gradient.states, sentences: order.rowSentences[...], pass)
    let (x, _) = stack.backward(
      gradient.states, finals: gradient.finals, trace.stack, pass, gradients: gradients)
    embeddingDropout.apply(to: x, sentences: order.rowSentences[...], pass)
    pass.recorder?.add(.embeddedGradient, x)
    embedding.backward(x, ids: trace.ids, pass, gradients: gradients)
  }

  /// Multiply-adds of the products on the way forward.
  func multiplications(_ source: Source) -> Double {
    switch source {
    case .tokens(let ids, _): Double(ids.count) * Double(stack.multiplications)
    }
  }

  /// The gates and states of each layer and direction.
  func activations(_ trace: Trace) -> [LayerActivations] {
    trace.stack.recurrences.enumerated().flatMap { index, directions in
      zip(directions, Direction.allCases).map { trace, direction in
        LayerActivations(
          name: "encoder.\(index).\(direction.rawValue)", cell: cell, trace.layer)
      }
    }
  }
}
