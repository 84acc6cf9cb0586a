/// Of which places of an axis each place of a longer or shorter one is made, and with what weights, which sum to 1.
///
/// Shrinking takes the area: place i of n covers i·m/n … (i + 1)·m/n of m, and each old place counts by what of it is
/// covered. Enlarging takes the two nearest centres: the centre of place i lies at (i + ½)·m/n − ½, beyond the first
/// and the last centre there is the edge. Weights are quotients of whole numbers, each rounded once.
struct AxisWeights {
  /// By new place: the first old one.
  private(set) var starts: [Int] = []
  /// By new place: its weights, for the old places from the first on.
  private(set) var weights: [[Double]] = []

  /// The weights from `old` places to `new` ones.
  init(from old: Int, to new: Int) {
    precondition(old > 0 && new > 0, "\(old) places to \(new)")
    for place in 0..<new {
      if new < old {
        let (low, high) = (place * old, (place + 1) * old)
        let (first, last) = (low / new, (high - 1) / new)
        starts.append(first)
        weights.append(
          (first...last).map { other in
            Double(min((other + 1) * new, high) - max(other * new, low)) / Double(old)
          })
      } else {
        let centre = max((2 * place + 1) * old - new, 0)
        let first = centre / (2 * new)
        let share = Double(centre % (2 * new)) / Double(2 * new)
        starts.append(first)
        weights.append(share == 0 || first + 1 == old ? [1] : [1 - share, share])
      }
    }
  }
}
