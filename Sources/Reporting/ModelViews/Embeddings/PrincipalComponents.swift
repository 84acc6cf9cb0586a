/// The directions in which points spread most, and where the points stand along them.
///
/// Pearson 1901, "On lines and planes of closest fit to systems of points in space". The components are the
/// eigenvectors of the covariance with the greatest eigenvalues, by power iteration, each in what the ones before
/// leave. The result depends on nothing but the points: the iteration starts where it always does, and the greatest
/// number of a component is positive.
struct PrincipalComponents {
  /// Unit vectors, the one of most variance first.
  let components: [[Double]]
  /// The share of the points' variance along each component; 0 for points that all coincide.
  let shares: [Double]
  /// For each point, its place along each component, from the mean.
  let places: [[Double]]

  /// After so many steps a component is taken as it is; two eigenvalues are then nearly equal, and any direction
  /// between their vectors has as much variance.
  private static let steps = 3000

  /// The first `count` components of points that have equally many coordinates.
  init(_ points: [[Double]], count: Int) {
    let size = points.first?.count ?? 0
    let number = Double(max(points.count, 1))
    let mean = (0..<size).map { axis in points.reduce(0) { $0 + $1[axis] } / number }
    let centred = points.map { point in zip(point, mean).map { $0 - $1 } }
    var covariance = [Double](repeating: 0, count: size * size)
    for point in centred {
      for row in 0..<size {
        let value = point[row] / number
        for column in 0..<size { covariance[row * size + column] += value * point[column] }
      }
    }
    let total = (0..<size).reduce(0) { $0 + covariance[$1 * size + $1] }
    var components: [[Double]] = []
    var shares: [Double] = []
    for _ in 0..<min(count, size) {
      let (vector, value) = Self.leading(covariance, size: size, before: components)
      for row in 0..<size {
        for column in 0..<size {
          covariance[row * size + column] -= value * vector[row] * vector[column]
        }
      }
      components.append(vector)
      shares.append(total > 0 ? max(value, 0) / total : 0)
    }
    self.components = components
    self.shares = shares
    places = centred.map { point in
      components.map { Self.product(point[...], $0) }
    }
  }

  /// The eigenvector of the greatest eigenvalue of a symmetric matrix without negative ones, at right angles to others.
  private static func leading(
    _ matrix: [Double], size: Int, before: [[Double]]
  ) -> (vector: [Double], value: Double) {
    // No direction that data would be at right angles to.
    let start = (0..<size).map { (axis: Int) -> Double in
      1 + 1 / Double(2 + axis * axis % 7)
    }
    var vector = unit(start, before)
    var value = 0.0
    for _ in 0..<steps {
      let next = (0..<size).map { row in
        product(matrix[(row * size)..<((row + 1) * size)], vector)
      }
      let turned = unit(next, before)
      value = product(vector[...], next)
      let change = zip(turned, vector).map { ($0 - $1).magnitude }.reduce(0, +)
      // Nothing is left to turn to.
      guard turned.contains(where: { $0 != 0 }) else { break }
      vector = turned
      if change < 1e-12 { break }
    }
    let greatest = vector.max { $0.magnitude < $1.magnitude } ?? 0
    return (greatest < 0 ? vector.map { -$0 } : vector, value)
  }

  /// A vector of length 1 at right angles to others; zeros if there is none in its direction.
  private static func unit(_ vector: [Double], _ others: [[Double]]) -> [Double] {
    var vector = vector
    for other in others {
      let share = product(vector[...], other)
      for axis in vector.indices { vector[axis] -= share * other[axis] }
    }
    let length = product(vector[...], vector).squareRoot()
    return length > 1e-300 ? vector.map { $0 / length } : vector.map { _ in 0 }
  }

  private static func product(_ a: ArraySlice<Double>, _ b: [Double]) -> Double {
    var sum = 0.0
    for (x, y) in zip(a, b) { sum += x * y }
    return sum
  }
}
