/// A string that equals another only where they have the same scalars.
///
/// Swift's `String` also equates canonically equivalent spellings, which to a model are different texts.
struct ScalarString: Hashable {
  let string: String

  init(_ string: String) { self.string = string }

  static func == (left: Self, right: Self) -> Bool {
    left.string.utf8.elementsEqual(right.string.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}
