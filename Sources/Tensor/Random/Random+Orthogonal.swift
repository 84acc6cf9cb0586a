extension Random {
  /// A matrix of `rows` × `columns`, row after row, whose rows (or columns, if they are fewer) are
  /// orthonormal: one of all such matrices, each direction equally likely.
  ///
  /// A product of reflections, each of which takes an axis to a random direction of the axes that are left
  /// (Stewart 1980, "The efficient generation of random orthogonal matrices"), applied to the first columns
  /// of the unit matrix. Complexity: 4·n·m² operations for sides n ≥ m.
  mutating func orthogonal(rows: Int, columns: Int) -> [Float] {
    let (long, short) = (max(rows, columns), min(rows, columns))
    // `long` rows of `short` columns.
    var matrix = [Float](repeating: 0, count: long * short)
    for i in 0..<short { matrix[i * short + i] = 1 }
    var projection = [Float](repeating: 0, count: short)
    // The reflection of step k moves only rows and columns from k on.
    for k in stride(from: short - 1, through: 0, by: -1) {
      let normal = mirror(long - k)
      for j in k..<short { projection[j] = 0 }
      for i in k..<long {
        let (factor, row) = (2 * normal[i - k], i * short)
        for j in k..<short { projection[j] += factor * matrix[row + j] }
      }
      for i in k..<long {
        let (factor, row) = (normal[i - k], i * short)
        for j in k..<short { matrix[row + j] -= factor * projection[j] }
      }
    }
    // The reflections take an axis to directions of one half only: signs by lot give the other half.
    for j in 0..<short where (next() as UInt32) & 1 == 1 {
      for i in 0..<long { matrix[i * short + j].negate() }
    }
    if rows >= columns { return matrix }
    var transposed = matrix
    for i in 0..<rows {
      for j in 0..<columns { transposed[i * columns + j] = matrix[j * short + i] }
    }
    return transposed
  }

  /// The unit normal of the hyperplane between the first axis and a random direction, or its opposite.
  ///
  /// Of the two the farther one is taken, so that no digits cancel.
  private mutating func mirror(_ size: Int) -> [Float] {
    while true {
      var vector = (0..<size).map { _ in normal() }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length == 0 { continue }
      vector[0] += vector[0] < 0 ? -length : length
      let scale = 1 / vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { Float($0 * scale) }
    }
  }
}
