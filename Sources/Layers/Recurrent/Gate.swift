/// A gate of a recurrent cell.
package struct Gate: Sendable, Equatable {
  /// What it is called.
  package let name: String
  /// Its equation in the notation of the pages; the letter before the sign of equality is that of the gate.
  package let equation: String
  /// Where its numbers lie.
  package let range: GateRange

  /// Its letter.
  package var letter: String { String(equation.prefix { $0 != " " }) }
}

/// Where the numbers of a gate lie.
package enum GateRange: Sendable {
  /// Between 0 and 1.
  case sigmoid
  /// Between −1 and 1.
  case tanh
  /// Anywhere.
  case unbounded
}
