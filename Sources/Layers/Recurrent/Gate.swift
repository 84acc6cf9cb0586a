/// A gate of a recurrent cell.
package struct Gate: Sendable, Equatable {
  /// What it is called.
  package let name: String
  /// Its equation in the notation of the pages; the letter before the sign of equality is that of the gate.
  package let equation: String
  /// Whether it lies between 0 and 1; else between −1 and 1.
  package let isSigmoid: Bool

  /// Its letter.
  package var letter: String { String(equation.prefix { $0 != " " }) }
}
