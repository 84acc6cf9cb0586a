/// The losses of a run so far, in a fixed number of means over equally many updates.
///
/// When all places are taken, neighbours are joined, so that the curve always shows all of the run.
struct LossCurve {
  private static let capacity = 64
  private var means: [Double] = []
  private var span = 1
  private var sum = 0.0
  private var count = 0

  /// The means, the earliest first; the last one may be of fewer updates.
  var values: [Double] { count == 0 ? means : means + [sum / Double(count)] }

  /// Adds the loss of an update.
  mutating func add(_ loss: Double) {
    guard loss.isFinite else { return }
    sum += loss
    count += 1
    guard count == span else { return }
    means.append(sum / Double(span))
    (sum, count) = (0, 0)
    guard means.count == Self.capacity else { return }
    means = stride(from: 0, to: Self.capacity, by: 2).map { (means[$0] + means[$0 + 1]) / 2 }
    span *= 2
  }
}
