import DragomanLayers
import DragomanTensor

/// What the lowest layer of a Transformer reads: the vectors of words or of features, and where they stand.
///
///     x ← dropout(√D x + ρ)        x ← W x + b before, where the vectors have another size than D
struct TransformerInput: Sendable {
  private let linear: Linear?
  private let positions: Positions
  private let dropout: Dropout
  /// D.
  let width: Int

  /// Adds `name.input.…` and `name.positions`, if they are needed.
  init(
    _ name: String, in model: ModelConfiguration,
    _ layers: TransformerConfiguration<some TransformerSide>,
    layout: inout ParameterLayout
  ) {
    width = layers.width
    linear =
      model.embedding == width
      ? nil : Linear(name: "\(name).input", from: model.embedding, to: width, layout: &layout)
    positions = Positions(
      layers.positions, name: "\(name).positions", size: width, count: layers.maximumPositions,
      layout: &layout)
    dropout = model.dropout.mask(model.dropout.embedding, "\(name).embedding")
  }

  /// What the backward pass needs.
  struct Trace {
    let positions: [Int32]
    /// What was read, `[N, E]`.
    let embedded: Matrix
  }

  /// Multiply-adds for one vector.
  var multiplications: Int { linear.map { $0.inputs * $0.outputs } ?? 0 }

  /// Reads N vectors, `[N, E]`, at N positions: `[N, D]`.
  func forward(
    _ embedded: Matrix, positions places: [Int32], sentences: [Int32], _ pass: Pass
  ) -> (output: Matrix, trace: Trace) {
    // Without a map between, the rows of E are those that are scaled, and nobody needs them as they were.
    let x = linear?.forward(embedded, pass) ?? embedded
    positions.add(places, to: x, pass)
    dropout.apply(to: x, sentences: sentences[...], pass)
    return (x, Trace(positions: places, embedded: embedded))
  }

  /// Adds to the gradients of the parameters, given ∂x, `[N, D]`, which is overwritten, and returns that of the
  /// vectors, `[N, E]`.
  func backward(
    _ gradient: Matrix, _ trace: Trace, sentences: [Int32], _ pass: Pass, gradients: Parameters
  ) -> Matrix {
    dropout.apply(to: gradient, sentences: sentences[...], pass)
    positions.backward(gradient, trace.positions, pass, gradients: gradients)
    guard let linear else { return gradient }
    let vectors = pass.workspace.matrix(rows: gradient.rows, columns: linear.inputs)
    linear.backward(
      gradient, input: trace.embedded, inputGradient: vectors, pass, gradients: gradients)
    return vectors
  }
}
