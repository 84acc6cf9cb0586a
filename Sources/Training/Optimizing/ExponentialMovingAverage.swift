package import DragomanTensor

/// An average of the weights in which those of long ago count less and less.
///
/// After update t, from 1, with weights w and average e:
///
///     e += (1 − d_t) (w − e)        d_t = min(d, (1 + t) / (10 + t))
///
/// Polyak and Juditsky 1992 in its exponential form; the rising decay is that of TensorFlow's
/// `ExponentialMovingAverage(num_updates:)`, so that the initial weights are soon forgotten.
package final class ExponentialMovingAverage {
  /// The average.
  package let values: Parameters
  private let decay: Double

  /// An average that begins with these weights; `nil` if the configuration wants none.
  init?(_ configuration: AverageConfiguration, of weights: Parameters) {
    guard configuration.kind == .ema else { return nil }
    decay = configuration.decay
    values = weights.copy()
  }

  /// Follows the weights after update number `step`, from 1.
  func update(_ weights: Parameters, step: Int, _ kernels: Kernels) {
    let decay = min(decay, Double(1 + step) / Double(10 + step))
    kernels.approach(values.slab, weights.slab, share: Float(1 - decay))
  }
}
