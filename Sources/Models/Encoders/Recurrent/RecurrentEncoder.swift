package import DragomanLayers
import DragomanTensor

/// Reads a batch of sources: vectors of words or of features, and a stack of recurrent layers.
///
///     x = dropout(X[y]), or dropout(W f + b) of features        h = stack(x)
package struct RecurrentEncoder: Sendable {
  let vectors: SourceVectors
  let embeddingDropout: Dropout
  /// The layers.
  package let stack: RecurrentStack
  /// In what comes out: attention, and a first state that is a mean, read it; final states are as they are.
  let encodedDropout: Dropout
  /// What it was made of.
  package let configuration: RecurrentEncoderConfiguration

  /// Adds the parameters `encoder.…` to the layout, but for a table that is shared.
  init(
    _ encoder: RecurrentEncoderConfiguration, in model: ModelConfiguration,
    reading shape: SourceShape,
    shared: Embedding?, layout: inout ParameterLayout
  ) {
    let dropout = model.dropout
    vectors = SourceVectors(shape, in: model, shared: shared, layout: &layout)
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

  /// What the backward pass needs.
  package struct Trace {
    let vectors: SourceVectors.Trace
    /// What the layers keep.
    package let stack: RecurrentStack.Trace
  }

  /// Encodes N tokens or rows of B sources: states `[N, D]`, and the final ones, `[B, H]`.
  func forward(_ source: Source, _ pass: Pass) -> (encoded: EncodedSource, trace: Trace) {
    let order = PackedOrder(offsets: source.offsets)
    let (x, looked) = vectors.forward(source, pass)
    embeddingDropout.apply(to: x, sentences: order.rowSentences[...], pass)
    let (output, trace) = stack.forward(x, order: order, pass)
    let finals = trace.finalStates(pass.workspace)
    encodedDropout.apply(to: output, sentences: order.rowSentences[...], pass)
    return (
      EncodedSource(states: RaggedMatrix(output, offsets: source.offsets), finals: finals),
      Trace(vectors: looked, stack: trace)
    )
  }

  /// Adds to the gradients of all of the encoder's parameters, given ∂h, `[N, D]`, and those of the final states,
  /// `[B, H]`.
  ///
  /// In the forward pass: x = dropout(X[y]) or dropout(W f + b); h = dropout(stack(x)).
  func backward(
    _ gradient: EncodedGradient, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) {
    let order = trace.stack.order
    encodedDropout.apply(to: gradient.states, sentences: order.rowSentences[...], pass)
    let (x, _) = stack.backward(
      gradient.states, finals: gradient.finals, trace.stack, pass, gradients: gradients)
    embeddingDropout.apply(to: x, sentences: order.rowSentences[...], pass)
    pass.recorder?.add(.embeddedGradient, x)
    vectors.backward(x, trace.vectors, pass, gradients: gradients)
  }

  /// Multiply-adds of the products in the forward pass.
  func multiplications(_ source: Source) -> Double {
    Double(source.positions) * Double(vectors.multiplications + stack.multiplications)
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
