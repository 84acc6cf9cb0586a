/// A number with a fixed count of decimals, rounded from its exact value, ties to even.
///
/// What C's `%.2f` prints for numbers below 2⁵². `value × 10ᵈ` may itself be rounded, so where it seems to
/// lie half way between two integers, the remainder of that product decides.
func decimal(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "\(value)" }
  let power = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
  let product = abs(value) * power
  let remainder = (-product).addingProduct(abs(value), power)
  var rounded = product.rounded(.toNearestOrEven)
  if abs(product - rounded) == 0.5 && remainder != 0 {
    rounded = remainder > 0 ? product.rounded(.up) : product.rounded(.down)
  }
  var digits = String(UInt64(rounded))
  while digits.count <= decimals { digits = "0" + digits }
  let sign = value.sign == .minus ? "-" : ""
  return decimals == 0
    ? sign + digits : sign + digits.dropLast(decimals) + "." + digits.suffix(decimals)
}
