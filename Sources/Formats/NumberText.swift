import DragomanSystem

/// Numbers as text, without a locale and without Foundation.
package enum NumberText {
  /// 1234567 as `1,234,567`.
  package static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// A number with so many digits after the point: 3.14159 as `3.14`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let power = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let scaled = (value.magnitude * power).rounded()
    // Beyond 2⁵³ there are no digits after the point.
    guard scaled < 0x1p53 else { return "\(value)" }
    var digits = String(Int(scaled))
    if digits.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
    }
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return decimals == 0
      ? sign + digits : sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }

  /// A number with so many digits that count: 0.00123456 as `0.001235`, 1234567 as `1.235e6`.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else {
      return value == 0 ? "0" : fixed(value, decimals: 0)
    }
    var exponent = 0
    var mantissa = value.magnitude
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    // What rounds up to ten has a digit more in front.
    let power = (1..<digits).reduce(1.0) { power, _ in power * 10 }
    if (mantissa * power).rounded() >= 10 * power { (mantissa, exponent) = (1, exponent + 1) }
    if (-5..<max(digits, 5)).contains(exponent) {
      return fixed(value, decimals: min(max(digits - 1 - exponent, 0), 12))
    }
    return "\(fixed(value < 0 ? -mantissa : mantissa, decimals: digits - 1))e\(exponent)"
  }

  /// Bytes as `12.3 MB`, in powers of 1000.
  package static func bytes(_ count: Int) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"]
    var (value, unit) = (Double(count), 0)
    while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    return unit == 0 ? "\(count) bytes" : "\(significant(value, digits: 3)) \(units[unit])"
  }

  /// A number in base 16 with so many digits at least.
  package static func hexadecimal(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(digits - text.count, 0)) + text
  }
}
