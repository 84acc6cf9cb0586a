package import DragomanLayers
import DragomanTensor

/// Reads images: a row for each patch, perhaps one for the image as a whole, and layers of self-attention.
///
///     x = dropout(patches(image) + ρ)        h = stack(x)
///
/// Dosovitskiy et al. 2021 (arXiv:2010.11929), with the norm of each row on top of the stack.
package struct VisionEncoder: Sendable {
  private let patches: PatchEmbedding
  private let stack: TransformerStack
  private let dropout: Dropout
  /// In what comes out.
  private let encodedDropout: Dropout

  /// Adds `encoder.patches.…`, `encoder.class`, `encoder.positions` and the parameters of the layers.
  ///
  /// - Parameters:
  ///   - encoder: its choices.
  ///   - model: says what is dropped in the rows that are read, in the layers and in what comes out.
  ///   - image: the size of the images, which the patches divide.
  ///   - hasClass: whether a row for the image as a whole comes first.
  ///   - layout: added to.
  init(
    _ encoder: VisionEncoderConfiguration, in model: ModelConfiguration, image: ImageShape,
    hasClass: Bool, layout: inout ParameterLayout
  ) {
    patches = PatchEmbedding(
      name: "encoder",
      .init(
        height: image.height, width: image.width, channels: image.channels, patch: encoder.patch,
        hasClass: hasClass), width: encoder.width, layout: &layout)
    stack = TransformerStack(
      name: "encoder", encoder.shape(dropout: model.dropout.layers), layout: &layout)
    dropout = Dropout(probability: model.dropout.embedding, path: "encoder.patches")
    encodedDropout = Dropout(probability: model.dropout.encoded, path: "encoder")
  }

  /// D.
  var width: Int { stack.width }
  /// Lines of patches, and patches of a line.
  var gridSize: (height: Int, width: Int) {
    (patches.shape.height / patches.shape.patch, patches.shape.width / patches.shape.patch)
  }

  /// What the backward pass needs.
  package struct Trace {
    let patches: PatchEmbedding.Trace
    /// What the layers keep.
    package let stack: TransformerStack.Trace
    let sentences: [Int32]
  }

  func forward(_ images: Grid, _ pass: Pass) -> (rows: RaggedMatrix, trace: Trace) {
    let (rows, read) = patches.forward(images, pass)
    let sentences = rows.offsets.sentencesOfRows
    dropout.apply(to: rows.matrix, sentences: sentences[...], pass)
    let (output, trace) = stack.forward(
      rows.matrix, TransformerBatch(offsets: rows.offsets), pass)
    encodedDropout.apply(to: output, sentences: sentences[...], pass)
    return (
      RaggedMatrix(output, offsets: rows.offsets),
      Trace(patches: read, stack: trace, sentences: sentences)
    )
  }

  /// Adds to the gradients of all parameters, given ∂h, which is used up.
  func backward(_ gradient: Matrix, _ trace: Trace, _ pass: Pass, gradients: Parameters) {
    encodedDropout.apply(to: gradient, sentences: trace.sentences[...], pass)
    stack.backward(gradient, trace.stack, pass, gradients: gradients)
    dropout.apply(to: gradient, sentences: trace.sentences[...], pass)
    pass.recorder?.add(.embeddedGradient, gradient)
    trace.patches.backward(gradient, pass, gradients: gradients)
  }

  /// The layers, for one image.
  var sizes: [LayerSize] {
    let rows = patches.shape.rows
    let offsets = [0, Int32(rows)]
    let side = patches.shape.patch
    let pixels = patches.shape.height * patches.shape.width * patches.shape.channels
    return [
      LayerSize(
        name: "encoder.patches", kind: "patches of \(side) × \(side)", output: [rows, width],
        multiplications: Double(pixels * width))
    ]
      + stack.layers.indices.map { index in
        LayerSize(
          name: "encoder.\(index)", kind: "attention, feed-forward network",
          output: [rows, width],
          multiplications: stack.multiplications(offsets: offsets) / Double(stack.layers.count))
      }
  }
}
