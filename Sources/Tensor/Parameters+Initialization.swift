/// Filling parameters before training; each tensor from the stream of (seed, its name), so that adding a
/// part to a model leaves the others as they were.
extension Parameters {
  /// Fills every tensor as its layout says.
  public func initialize(seed: UInt64) {
    for entry in layout.entries {
      var random = Random(seed: seed, name: entry.name)
      let matrix = self[entry.handle]
      switch entry.initialization {
      case .zeros: fill(matrix) { 0 }
      case .normal(let deviation): fill(matrix) { random.normal() * deviation }
      case .glorot(let gates):
        let bound = (6 / Float(matrix.rows / gates + matrix.columns)).squareRoot()
        fill(matrix) { (2 * random.uniform() - 1) * bound }
      case .orthogonal(let gates):
        let rows = matrix.rows / gates
        for gate in 0..<gates {
          Self.orthogonalize(matrix.rows((gate * rows)..<((gate + 1) * rows)), &random)
        }
      case .ones(let gate, let gates):
        fill(matrix) { 0 }
        let size = matrix.columns / gates
        fill(matrix.columns((gate * size)..<((gate + 1) * size))) { 1 }
      }
    }
  }

  private func fill(_ matrix: Matrix, _ next: () -> Float) {
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { matrix[row, column] = next() }
    }
  }

  /// Fills a matrix with orthonormal rows (columns, if there are more rows): normal numbers,
  /// orthogonalised one vector after the other, twice, in double precision.
  private static func orthogonalize(_ matrix: Matrix, _ random: inout Random) {
    let isWide = matrix.rows <= matrix.columns
    let (count, size) =
      isWide ? (matrix.rows, matrix.columns) : (matrix.columns, matrix.rows)
    var vectors: [[Double]] = []
    for _ in 0..<count {
      var vector = (0..<size).map { _ in Double(random.normal()) }
      // Once is not enough where little is left of a vector (Giraud et al. 2005).
      for _ in 0..<2 {
        for other in vectors {
          let share = dot(vector, other)
          for index in 0..<size { vector[index] -= share * other[index] }
        }
        let length = dot(vector, vector).squareRoot()
        for index in 0..<size { vector[index] /= length }
      }
      vectors.append(vector)
    }
    for (row, vector) in vectors.enumerated() {
      for (column, value) in vector.enumerated() {
        if isWide { matrix[row, column] = Float(value) } else { matrix[column, row] = Float(value) }
      }
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in 0..<a.count { sum += a[index] * b[index] }
    return sum
  }
}
