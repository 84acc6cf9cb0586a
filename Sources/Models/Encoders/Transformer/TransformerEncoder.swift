package import DragomanLayers
import DragomanTensor

/// Reads a batch of sentences: word vectors with their positions, and layers of self-attention.
///
///     x = dropout(√D X[ids] + ρ)        h = stack(x)
///
/// with a linear layer between E and the rest if word vectors have another size than D. It has no final states.
package struct TransformerEncoder: Sendable {
  /// Its choices.
  package let configuration: TransformerEncoderConfiguration
  private let vectors: SourceVectors
  private let input: TransformerInput
  private let stack: TransformerStack
  /// In what comes out.
  private let encodedDropout: Dropout

  /// Adds the parameters `encoder.…` to the layout, but for a table that is shared.
  init(
    _ encoder: TransformerEncoderConfiguration, in model: ModelConfiguration,
    reading shape: SourceShape,
    shared: Embedding?, layout: inout ParameterLayout
  ) {
    configuration = encoder
    vectors = SourceVectors(shape, in: model, shared: shared, layout: &layout)
    input = TransformerInput("encoder", in: model, encoder, layout: &layout)
    stack = TransformerStack(name: "encoder", encoder.shape(in: model), layout: &layout)
    encodedDropout = model.dropout.mask(model.dropout.encoded, "encoder")
  }

  /// D, the numbers per source token that come out.
  var width: Int { input.width }

  /// What the backward pass needs.
  package struct Trace {
    fileprivate let vectors: SourceVectors.Trace
    fileprivate let input: TransformerInput.Trace
    /// What the layers keep.
    package let stack: TransformerStack.Trace
    fileprivate let sentences: [Int32]
  }

  /// Encodes sentences.
  func forward(_ source: Source, _ pass: Pass) -> (encoded: EncodedSource, trace: Trace) {
    let offsets = source.offsets
    let sentences = offsets.sentencesOfRows
    let (embedded, looked) = vectors.forward(source, pass)
    let (x, read) = input.forward(
      embedded, positions: offsets.positionsOfRows, sentences: sentences, pass)
    let (output, trace) = stack.forward(x, TransformerBatch(offsets: offsets), pass)
    encodedDropout.apply(to: output, sentences: sentences[...], pass)
    return (
      EncodedSource(states: RaggedMatrix(output, offsets: offsets), finals: nil),
      Trace(vectors: looked, input: read, stack: trace, sentences: sentences)
    )
  }

  /// Adds to the gradients of all of the encoder's parameters.
  func backward(
    _ gradient: EncodedGradient, _ trace: Trace, _ pass: Pass, gradients: Parameters
  ) {
    encodedDropout.apply(to: gradient.states, sentences: trace.sentences[...], pass)
    stack.backward(gradient.states, trace.stack, pass, gradients: gradients)
    let embedded = input.backward(
      gradient.states, trace.input, sentences: trace.sentences, pass, gradients: gradients)
    vectors.backward(embedded, trace.vectors, pass, gradients: gradients)
    pass.recorder?.add(.embeddedGradient, embedded)
  }

  /// Multiply-adds of the products in the forward pass.
  func multiplications(_ source: Source) -> Double {
    Double(source.positions * (vectors.multiplications + input.multiplications))
      + stack.multiplications(offsets: source.offsets)
  }
}
