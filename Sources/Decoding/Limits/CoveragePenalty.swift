import DragomanSystem
import DragomanTensor

/// What a translation loses for source tokens that it hardly looked at.
///
///     cp = β Σᵢ ln min(Σ_t α_tᵢ, 1)
///
/// Wu et al. 2016, eq. 14 (arXiv:1609.08144), over all S source tokens, the end included. Deviation: a sum counts as
/// at least 2⁻²⁰, since a position that cannot be looked at would make it −∞.
struct CoveragePenalty: Sendable {
  /// β; 0 is no penalty.
  let weight: Double

  /// cp of the weights α, `[T][S]`; never above 0.
  func value(_ attention: [[Float]]) -> Double {
    guard weight > 0, let first = attention.first else { return 0 }
    return weight
      * first.indices.reduce(0.0) { penalty, position in
        let coverage = attention.reduce(0.0) { $0 + Double($1[position]) }
        return penalty + logarithm(min(max(coverage, 0x1p-20), 1))
      }
  }
}
