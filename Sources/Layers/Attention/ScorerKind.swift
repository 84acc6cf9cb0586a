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

  /// Whether a model of it has weights for so many source positions and no others.
  package var needsPositions: Bool {
    switch self {
    case .additive, .dot, .general: false
    case .location: true
    }
  }

  /// The type of the scorer; an additive one may be covered, which reads what earlier steps attended to.
  package func type(isCovered: Bool = false) -> any AttentionScorer.Type {
    switch self {
    case .additive: isCovered ? CoveredScorer.self : AdditiveScorer.self
    case .dot: DotScorer.self
    case .general: GeneralScorer.self
    case .location: LocationScorer.self
    }
  }
}
