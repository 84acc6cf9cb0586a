import DragomanLayers
import DragomanTensor

/// What the lowest layer of a Transformer reads: word vectors and where they stand.
///
///     x ← dropout(√D x + ρ)        x = X[ids], or W X[ids] + b where word vectors have another size than D
struct TransformerInput: Sendable {
  let embedding: Embedding
  private let linear: Linear?
  private let positions: Positions
  private let dropout: Dropout
  /// D.
  let width: Int

  /// Adds `name.embedding`, unless a table is shared, and `name.input.…` and `name.positions`, if they are needed.
  init(
    _ name: String, in model: ModelConfiguration,
    _ layers: TransformerConfiguration<some TransformerSide>,
    words: Double, vocabulary: Int, shared: Embedding?, layout: inout ParameterLayout
  ) {
    width = layers.width
    let table =
      shared
      ?? Embedding(
        name: "\(name).embedding", vocabulary: vocabulary, size: model.embedding, layout: &layout)
    embedding = table.dropping(Dropout(probability: words, path: "\(name).embedding.words"))
    linear =
      model.embedding == width
      ? nil : Linear(name: "\(name).input", from: model.embedding, to: width, layout: &layout)
    positions = Positions(
      layers.positions, name: "\(name).positions", size: width, count: layers.maximumPositions,
      layout: &layout)
    dropout = model.dropout.mask(model.dropout.embedding, "\(name).embedding")
  }

  /// What the way back needs.
  struct Trace {
    let ids: [Int32]
    let positions: [Int32]
    /// X[ids], `[N, E]`.
    let embedded: Matrix
  }

  /// Multiply-adds for one token.
  var multiplications: Int { linear.map { $0.inputs * $0.outputs } ?? 0 }

  /// Reads N tokens at N positions: `[N, D]`.
  func forward(
    _ ids: [Int32], positions places: [Int32], sentences: [Int32], _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    let embedded = embedding.forward(ids, pass)
    // Without a map between, the rows of E are those that are scaled, and nobody needs them as they were.
    let x = linear?.forward(embedded, pass) ?? embedded
    positions.add(places, to: x, pass)
    dropout.apply(to: x, sentences: sentences[...], pass)
    return (x, Trace(ids: ids, positions: places, embedded: embedded))
  }

  /// Adds to the gradients of the parameters, given ∂x, `[N, D]`, which is overwritten, and returns that of the word vectors,
  /// `[N, E]`.
  @discardableResult
  func backward(
    _ gradient: Matrix, _ trace: Trace, sentences: [Int32], _ pass: Pass, gradients: Parameters
  ) -> Matrix {
    dropout.apply(to: gradient, sentences: sentences[...], pass)
    positions.backward(gradient, trace.positions, pass, gradients: gradients)
    var words = gradient
    if let linear {
      words = pass.workspace.matrix(rows: gradient.rows, columns: linear.inputs)
      linear.backward(
        gradient, input: trace.embedded, inputGradient: words, pass, gradients: gradients)
    }
    embedding.backward(words, ids: trace.ids, pass, gradients: gradients)
    return words
  }
}
