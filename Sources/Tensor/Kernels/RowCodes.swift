/// A matrix as whole numbers from −127 to 127 and a scale for each row, where it is exactly that.
///
///     w = q · s, rounded once        max |q| = 127
///
/// So weights that were stored in eight bits are known again by what they are, wherever they come from. The scale of a
/// row is near max |w| / 127; which of its neighbours it is, the numbers tell.
struct RowCodes {
  /// The whole numbers, row after row.
  private(set) var codes: [Int8] = []
  /// The scale of each row.
  private(set) var scales: [Float] = []

  /// `nil` for a matrix whose numbers are no such products; other weights are told by their first row.
  init?(_ matrix: Matrix) {
    for row in 0..<matrix.rows {
      let numbers = matrix.rows(row..<(row + 1)).elements
      guard let scale = Self.scale(of: numbers) else { return nil }
      scales.append(scale)
      for number in numbers { codes.append(scale == 0 ? 0 : Int8((number / scale).rounded())) }
    }
  }

  private static func scale(of row: [Float]) -> Float? {
    let greatest = row.reduce(0) { max($0, $1.magnitude) }
    guard greatest.isFinite, greatest > 0 else { return greatest == 0 ? 0 : nil }
    let middle = greatest / 127
    guard middle.isNormal else { return nil }
    let candidates = [
      middle, middle.nextUp, middle.nextDown, middle.nextUp.nextUp, middle.nextDown.nextDown,
    ]
    return candidates.first { scale in
      row.allSatisfy { number in
        let code = (number / scale).rounded()
        return code.magnitude <= 127 && code * scale == number
      }
    }
  }
}
