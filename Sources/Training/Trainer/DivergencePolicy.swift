/// What becomes of a run when a loss or a gradient is not a finite number.
package enum DivergencePolicy: String, CaseIterable, Sendable {
  /// It ends with an error.
  case stop
  /// The batch is passed over.
  case skip
  /// It goes back to its best model and on from there at half the learning rate, after the batch.
  case reloadAndLower

  /// Batches in a row that may be passed over: more are not a matter of bad data.
  static let mostSkips = 20
  /// How often the learning rate may be halved.
  static let mostFalls = 10
}
