import DragomanSystem

/// What the log-probability of a translation is divided by, so that long ones are not at a disadvantage.
///
/// A translation of n tokens, its end included, has the score log p / d(n) with
///
///     none     d(n) = 1
///     average  d(n) = n
///     gnmt     d(n) = ((5 + n) / 6)^a         Wu et al. 2016, eq. 14 (arXiv:1609.08144)
package enum LengthNormalization: Sendable, Equatable {
  /// The sum of the tokens' log-probabilities.
  case none
  /// Their mean.
  case average
  /// Their sum by a power of the length.
  case gnmt(exponent: Double)

  /// d(n), which grows with n.
  package func divisor(length: Int) -> Double {
    switch self {
    case .none: 1
    case .average: Double(length)
    case .gnmt(let exponent): power((5 + Double(length)) / 6, exponent)
    }
  }
}
