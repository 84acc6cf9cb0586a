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
  /// The scorer of these sizes, whose parameters `name.…` it adds to the layout.
  init(name: String, _ sizes: ScorerSizes, layout: inout ParameterLayout)

  /// W_q, `[K_q, H]`; without one, which is the default, the state itself is the query.
  var queryProjection: Parameter? { get }
  /// W_k, `[K, D]`; without one, which is the default, the encoder states themselves are the keys.
  var keyProjection: Parameter? { get }
  /// Vectors of parameters that the rating itself has; none by default.
  var vectors: [Parameter] { get }
  /// The number of source positions that can be rated; `nil`, the default, is any number.
  var reach: Int? { get }
  /// Whether a rating reads the sum of the weights of all queries before, so that these go one at a time; not by
  /// default.
  var readsHistory: Bool { get }

  /// Writes eᵢ, `[n, S]`; the columns of a row from its sentence's length on are left alone.
  func scores(_ rated: Rated, into scores: Matrix, _ pass: Pass)

  /// Writes the gradient of the queries and adds to the others, given that of the scores, `[n, S]`.
  func backward(_ scoreGradient: Matrix, _ rated: Rated, _ gradient: RatedGradient, _ pass: Pass)

  /// What it is in a sentence, such as `additive attention of size 128`.
  static func words(_ sizes: ScorerSizes) -> String
  /// How the pages that explain a model spell it.
  static var equations: ScorerEquations { get }
}

extension AttentionScorer {
  /// The state itself is the query.
  package var queryProjection: Parameter? { nil }
  /// The encoder states themselves are the keys.
  package var keyProjection: Parameter? { nil }
  /// No parameters but the projections.
  package var vectors: [Parameter] { [] }
  /// Any number of positions.
  package var reach: Int? { nil }
  /// Each query stands alone.
  package var readsHistory: Bool { false }
}

/// What a scorer rates: queries, and the keys of their sentences.
package struct Rated {
  /// q, `[n, K_q]`.
  package let queries: Matrix
  /// k, `[N, K]`.
  package let keys: Matrix
  /// C, `[n, S]`: the sum of the weights of the queries before, for a scorer that reads it.
  package let history: Matrix?
  /// Which queries meet which keys.
  package let spans: ArraySlice<AttentionSpan>
}

/// Where the gradients of what was rated go.
package struct RatedGradient {
  /// ∂q, `[n, K_q]`, is written.
  package let queries: Matrix
  /// ∂k, `[N, K]`, is added to.
  package let keys: Matrix
  /// ∂C, `[n, S]`, is added to, for a scorer that reads C.
  package let history: Matrix?
  /// The gradients of the scorer's vectors side by side, a row per span, so that their sum has one order; added to.
  package let partials: Matrix
}

/// The sizes that a scorer is made for.
package struct ScorerSizes: Sendable {
  /// H, the width of decoder states.
  package var decoder: Int
  /// D, the width of encoder states.
  package var encoder: Int
  /// A, of a scorer with a hidden layer.
  package var hidden: Int
  /// The source positions that a scorer of positions has weights for.
  package var positions: Int

  /// These sizes.
  package init(decoder: Int, encoder: Int, hidden: Int, positions: Int) {
    (self.decoder, self.encoder) = (decoder, encoder)
    (self.hidden, self.positions) = (hidden, positions)
  }
}

/// How the pages that explain a model spell a scorer.
package struct ScorerEquations: Sendable {
  /// e_{ti}, and what stands in it.
  package let score: [String]
  /// The query, where it is a projection.
  package var query: String?
  /// The key, where it is a projection.
  package var key: String?
  /// ∂q, from ∂e: what the rating sends to the decoder, and where scorers differ most.
  package var queryGradient: String?
  /// ∂k, from ∂e: what it sends to the encoder, where it reads keys.
  package var keyGradient: String?
  /// What ∂h of the encoder gets of ∂k.
  package var stateGradient: String?
  /// The gradients of the scorer's parameters, by the last part of their names.
  package let gradients: [String: String]
}
