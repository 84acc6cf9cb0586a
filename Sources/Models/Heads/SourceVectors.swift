import DragomanLayers
import DragomanTensor

/// What the layers of an encoder read at each place of a source.
///
///     x_i = X[y_i] of a token y_i        x_i = W f_i + b of a row of features f_i
///
/// X is `[V, E]` and W `[E, d]`. W begins with the deviation (d E)^−½, so that a row of d numbers of variance 1 becomes
/// a vector of length 1 on average, as word vectors begin: what reads either need not know which it is.
enum SourceVectors: Sendable {
  /// Word vectors.
  case words(Embedding)
  /// A linear map of rows.
  case features(Linear)

  /// Adds `encoder.embedding`, unless a table is shared, or `encoder.features.weight` and `.bias`.
  init(
    _ shape: SourceShape, in model: ModelConfiguration, shared: Embedding?,
    layout: inout ParameterLayout
  ) {
    switch shape {
    case .tokens(let vocabulary):
      let table =
        shared
        ?? Embedding(
          name: "encoder.embedding", vocabulary: vocabulary, size: model.embedding, layout: &layout)
      self = .words(
        table.dropping(
          Dropout(probability: model.dropout.sourceWords, path: "encoder.embedding.words")))
    case .features(let size):
      self = .features(
        Linear(
          name: "encoder.features", from: size, to: model.embedding,
          .normal(deviation: 1 / Float(size * model.embedding).squareRoot()), layout: &layout))
    case .images: preconditionFailure("word vectors of images")
    }
  }

  /// What the backward pass needs.
  enum Trace {
    /// y.
    case words([Int32])
    /// f, `[N, d]`.
    case features(Matrix)
  }

  /// x, `[N, E]`.
  func forward(_ source: Source, _ pass: Pass) -> (output: Matrix, trace: Trace) {
    switch (self, source) {
    case (.words(let table), .tokens(let ids, _)):
      return (table.forward(ids, pass), .words(ids))
    case (.features(let linear), .features(let rows)):
      let features = rows.matrix(pass)
      return (linear.forward(features, pass), .features(features))
    case (.words, .features), (.features, .tokens), (_, .images):
      preconditionFailure("a source that the encoder does not read")
    }
  }

  /// Adds to the gradients of X, or of W and b, given ∂x, `[N, E]`, which may be used up.
  func backward(_ gradient: Matrix, _ trace: Trace, _ pass: Pass, gradients: Parameters) {
    switch (self, trace) {
    case (.words(let table), .words(let ids)):
      table.backward(gradient, ids: ids, pass, gradients: gradients)
    case (.features(let linear), .features(let rows)):
      // Nobody learns from the gradient of the features.
      linear.backward(
        gradient, input: rows, inputGradient: nil, pass, gradients: gradients)
    case (.words, .features), (.features, .words):
      preconditionFailure("the way of another encoder")
    }
  }

  /// Multiply-adds for one place.
  var multiplications: Int {
    switch self {
    case .words: 0
    case .features(let linear): linear.inputs * linear.outputs
    }
  }
}
