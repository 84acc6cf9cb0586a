/// A matrix in whole numbers of eight bits, with a scale for each row.
///
///     s = max |w| / 127        q = round(w / s), to the even one of two equally near        ŵ = q · s
///
/// So a weight is at most s / 2 away from what it was, but for the rounding of the last product to a float. A row of
/// zeros has the scale 0. The scales stand in a tensor of their own, ``scaleName(of:)``.
package struct QuantizedRows: Sendable {
  /// The whole numbers, row after row, as the bytes of signed ones.
  package private(set) var codes: [UInt8] = []
  /// The scale of each row.
  package private(set) var scales: [Float] = []

  /// What the tensor of the scales of a matrix is called: `output.weight.scale`.
  package static func scaleName(of name: String) -> String { "\(name).scale" }

  /// Rounds finite numbers, row after row.
  package init(_ floats: [Float], columns: Int) {
    precondition(
      columns > 0 && floats.count % columns == 0, "\(floats.count) numbers of \(columns) columns")
    codes.reserveCapacity(floats.count)
    scales.reserveCapacity(floats.count / columns)
    for start in stride(from: 0, to: floats.count, by: columns) {
      let row = floats[start..<(start + columns)]
      let scale = Self.scale(of: row.reduce(0) { max($0, $1.magnitude) })
      scales.append(scale)
      for float in row {
        let quotient = scale == 0 ? 0 : Double(float) / Double(scale)
        let code = Int8(min(max(quotient.rounded(.toNearestOrEven), -127), 127))
        codes.append(UInt8(bitPattern: code))
      }
    }
  }

  /// The scale of a row whose greatest magnitude is known.
  ///
  /// It is a normal float, so that half of it is a bound even for the least weights, and 127 times it is finite.
  private static func scale(of largest: Float) -> Float {
    guard largest > 0 else { return 0 }
    let scale = max(largest / 127, .leastNormalMagnitude)
    return (scale * 127).isFinite ? scale : scale.nextDown
  }

  /// The numbers that all of it stands for.
  package var floats: [Float] {
    guard !scales.isEmpty else { return [] }
    return Self.floats(codes, from: 0, scales: scales, columns: codes.count / scales.count)
  }

  /// The numbers that some of the bytes stand for.
  ///
  /// - Parameters:
  ///   - codes: bytes of the matrix, one after the other.
  ///   - start: the place of the first of them in the matrix.
  ///   - scales: the scale of each row.
  ///   - columns: of the matrix.
  static func floats(
    _ codes: [UInt8], from start: Int, scales: [Float], columns: Int
  ) -> [Float] {
    var floats: [Float] = []
    floats.reserveCapacity(codes.count)
    var (row, column) = start.quotientAndRemainder(dividingBy: columns)
    for code in codes {
      floats.append(Float(Int8(bitPattern: code)) * scales[row])
      column += 1
      if column == columns { (row, column) = (row + 1, 0) }
    }
    return floats
  }
}
