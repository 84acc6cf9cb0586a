/// Seconds of the updates of a process, without those in which it did nothing but send and wait.
package struct UpdateTimes: Sendable, Equatable {
  /// Reading examples, forward and backward passes, and the sums of gradients.
  package var gradients: Double
  /// Clipping, the optimizer and averaged weights.
  package var weights: Double

  /// So many seconds.
  package init(gradients: Double = 0, weights: Double = 0) {
    (self.gradients, self.weights) = (gradients, weights)
  }
}
