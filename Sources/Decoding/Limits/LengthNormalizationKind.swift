/// The kinds of length normalisation, as a configuration names them.
public enum LengthNormalizationKind: String, Sendable, CaseIterable {
  /// ``LengthNormalization/none``.
  case none
  /// ``LengthNormalization/average``.
  case average
  /// ``LengthNormalization/gnmt(exponent:)``.
  case gnmt
}
