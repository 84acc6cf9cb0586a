package import DragomanTensor

/// Rates how well each source position fits the decoder's current state.
///
/// Every scorer is at most two projections and a rating: queries q = s W_qᵀ of decoder states s, keys
/// kᵢ = W_k hᵢ of encoder states hᵢ (once per sentence), and eᵢ = rating(q, kᵢ). ``Attention`` does the
/// projections of all scorers, their softmax and their contexts.
///
/// Shapes: n queries, N source positions, S the longest source; decoder width H, encoder width D. A new
/// scorer is one file that conforms and one case of ``ScorerKind``; the gradient checks go over all
/// cases.
package protocol AttentionScorer: Sendable {
  /// W_q, `[K_q, H]`; without one the state itself is the query.
  var queryProjection: Parameter? { get }
  /// W_k, `[K, D]`; without one the encoder states themselves are the keys.
  var keyProjection: Parameter? { get }
  /// A vector of parameters that the rating itself has.
  var vector: Parameter? { get }
  /// The number of source positions that can be rated; `nil` is any number.
  var reach: Int? { get }

  /// Writes eᵢ, `[n, S]`; the columns of a row from its sentence's length on are left alone.
  func scores(
    _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>, into scores: Matrix,
    _ pass: Pass)

  /// Writes the gradient of the queries and adds to those of the keys, given that of the scores.
  ///
  /// `partials` takes the gradient of ``vector``, a row per span, so that its sum has one order.
  func backward(
    _ scoreGradient: Matrix, _ queries: Matrix, keys: Matrix, spans: ArraySlice<AttentionSpan>,
    queryGradient: Matrix, keyGradient: Matrix, partials: Matrix?, _ pass: Pass)
}

/// The scorers there are.
package enum ScorerKind: String, Sendable, CaseIterable {
  /// v · tanh(W₁ s + W₂ hᵢ).
  case additive
  /// s · hᵢ.
  case dot
  /// sᵀ W hᵢ.
  case general
  /// (W s)ᵢ.
  case location

  /// Adds the scorer's parameters, `name.…`, to the layout.
  ///
  /// - Parameters:
  ///   - name: the beginning of the parameters' names.
  ///   - decoder: H, the width of decoder states.
  ///   - encoder: D, the width of encoder states.
  ///   - size: A, of the additive scorer.
  ///   - positions: the source positions a location scorer has weights for.
  ///   - layout: where the parameters are added.
  package func scorer(
    name: String, decoder: Int, encoder: Int, size: Int, positions: Int,
    layout: inout ParameterLayout
  ) -> any AttentionScorer {
    switch self {
    case .additive:
      AdditiveScorer(
        name: name, decoder: decoder, encoder: encoder, size: size, layout: &layout)
    case .dot: DotScorer(decoder: decoder, encoder: encoder)
    case .general:
      GeneralScorer(name: name, decoder: decoder, encoder: encoder, layout: &layout)
    case .location:
      LocationScorer(name: name, decoder: decoder, positions: positions, layout: &layout)
    }
  }
}
