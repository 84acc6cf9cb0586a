package import DragomanLayers
package import DragomanTensor
import DragomanText

/// Writes targets: word vectors with their positions, layers of causal self-attention and attention to the source, and
/// the readout.
///
///     x_t = dropout(√D X[y_{t−1}] + ρ_t)        s = stack(x, h)        ŷ_t = readout(s_t)
package struct TransformerDecoder: Sendable {
  /// Its choices.
  package let configuration: TransformerDecoderConfiguration
  let embedding: Embedding
  let input: TransformerInput
  let stack: TransformerStack
  /// How attention to the source sees.
  package let crossHeads: AttentionHeads
  /// What stands before the vocabulary.
  package let readout: Readout

  /// Adds the parameters `decoder.…` and `output.…` to the layout, but for a table that is shared.
  init(
    _ decoder: TransformerDecoderConfiguration, in model: ModelConfiguration, vocabulary: Int,
    shared: Embedding?, layout: inout ParameterLayout
  ) {
    configuration = decoder
    let table =
      shared
      ?? Embedding(
        name: "decoder.embedding", vocabulary: vocabulary, size: model.embedding, layout: &layout)
    embedding = table.dropping(
      Dropout(probability: model.dropout.targetWords, path: "decoder.embedding.words"))
    input = TransformerInput("decoder", in: model, decoder, layout: &layout)
    stack = TransformerStack(
      name: "decoder", decoder.shape(in: model), memory: model.encoder.width, layout: &layout)
    crossHeads = AttentionHeads(count: decoder.heads, normalizer: decoder.normalizer)
    readout = Readout(
      model, features: decoder.width, deep: nil, readsWord: false, vocabulary: vocabulary,
      embedding: embedding, layout: &layout)
  }

  /// What the backward pass needs.
  package struct Trace {
    let input: TransformerInput.Trace
    /// What the layers keep.
    package let stack: TransformerStack.Trace
    /// s, `[N, D]`, sentence by sentence.
    package let features: Matrix
    let states: RaggedMatrix
    let sentences: [Int32]
  }

  /// The features of every target token, given the tokens before them.
  func forward(_ batch: Batch, _ encoded: EncodedSource, _ pass: Pass) -> Trace {
    let offsets = batch.targetOffsets
    let sentences = offsets.sentencesOfRows
    let (x, read) = input.forward(
      embedding.forward(batch.inputIDs, pass), positions: offsets.positionsOfRows,
      sentences: sentences, pass)
    let (features, trace) = stack.forward(
      x, TransformerBatch(offsets: offsets, memory: encoded.states), pass)
    return Trace(
      input: read, stack: trace, features: features, states: encoded.states, sentences: sentences)
  }

  /// The loss of each token, sentence by sentence.
  func losses(_ trace: Trace, _ batch: Batch, _ pass: Pass) -> [Float] {
    readout.losses(features(trace, batch), pass)
  }

  /// The smoothed loss of all tokens, and what goes on to the encoder; adds `scale` times the gradients.
  func train(
    _ trace: Trace, _ batch: Batch, scale: Float, labelSmoothing: Float, _ pass: Pass,
    gradients: Parameters
  ) -> (loss: Loss, gradient: EncodedGradient) {
    let (loss, gradient, _) = readout.train(
      features(trace, batch), scale: scale, labelSmoothing: labelSmoothing, pass,
      gradients: gradients)
    pass.recorder?.add(.featureGradient, gradient)
    let states = pass.workspace.zeros(
      rows: trace.states.matrix.rows, columns: trace.states.matrix.columns)
    stack.backward(gradient, memory: states, trace.stack, pass, gradients: gradients)
    let words = input.backward(
      gradient, trace.input, sentences: trace.sentences, pass, gradients: gradients)
    embedding.backward(words, ids: batch.inputIDs, pass, gradients: gradients)
    return (loss, EncodedGradient(states: states, finals: nil))
  }

  /// Where each token looked, `[N, S]`: the mean of the heads of the last layer.
  package func attention(_ trace: Trace, _ pass: Pass) -> Matrix {
    let weights = trace.stack.cross
    return crossHeads.mean(of: weights[weights.count - 1], pass)
  }

  private func features(_ trace: Trace, _ batch: Batch) -> Readout.Features {
    Readout.Features(
      features: trace.features, embedded: trace.input.embedded, targets: batch.targetIDs,
      sentences: trace.sentences)
  }

  /// Multiply-adds of the products in the forward pass through the targets of a batch.
  func multiplications(_ batch: Batch) -> Double {
    Double(batch.targetIDs.count * (input.multiplications + readout.multiplications))
      + stack.multiplications(offsets: batch.targetOffsets, sources: batch.sourceOffsets)
  }
}
