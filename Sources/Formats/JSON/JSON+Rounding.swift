extension JSON {
  /// The value for readers who want numbers and not their last bits: 100.00000000000004 becomes 100.
  ///
  /// A number that takes more than 15 digits to be told from its neighbours shows how it was computed. It is rounded to
  /// 12; all others stay as they are, single precision among them.
  package var rounded: JSON {
    switch kind {
    case .null, .bool, .string: self
    case .number(let text): Self.rounded(text).map { JSON($0.kind, at: position) } ?? self
    case .array(let elements): JSON(.array(elements.map(\.rounded)), at: position)
    case .object(let members):
      JSON(
        .object(
          members.map {
            Member(name: $0.name, namePosition: $0.namePosition, value: $0.value.rounded)
          }), at: position)
    }
  }

  private static let digits = 12

  /// The number in fewer digits; `nil` if it has few already or is a whole number.
  private static func rounded(_ text: String) -> JSON? {
    guard text.utf8.count > 16, text.utf8.contains(UInt8(ascii: ".")), let value = Double(text),
      value.isFinite, significantDigits(text) > 15
    else { return nil }
    // 10^k is exact up to k = 22, and a quotient or product of two exact numbers is the nearest there is.
    let exponent = decimalExponent(value)
    let shift = digits - 1 - exponent
    guard abs(shift) <= 22 else { return nil }
    let power = (0..<abs(shift)).reduce(1.0) { power, _ in power * 10 }
    return .double(
      shift < 0 ? (value / power).rounded() * power : (value * power).rounded() / power)
  }

  /// Digits from the first that is not 0, without the exponent.
  private static func significantDigits(_ text: String) -> Int {
    text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
      .filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      .drop { $0 == UInt8(ascii: "0") }.count
  }

  /// The greatest e with 10^e of at most the number's magnitude.
  private static func decimalExponent(_ value: Double) -> Int {
    var (mantissa, exponent) = (value.magnitude, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1, mantissa > 0 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return exponent
  }
}
