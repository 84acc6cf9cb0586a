/// A text that equals another only if it has the same scalars.
///
/// Swift's strings are equal up to canonical equivalence: a composed and a decomposed "é" are one key of a
/// dictionary. Names in files are different names, and a dictionary that joins them loses one or traps.
package struct ExactText: Hashable, Comparable, Sendable {
  /// The text.
  package let text: String

  /// A text to be compared exactly.
  package init(_ text: String) {
    self.text = text
  }

  /// Whether two texts have the same scalars.
  package static func == (a: Self, b: Self) -> Bool { areEqual(a.text, b.text) }

  /// Whether the first comes before in the order of UTF-8 bytes, which is that of the scalars.
  package static func < (a: Self, b: Self) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }

  /// Whether two strings have the same scalars.
  static func areEqual(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.utf8.elementsEqual(b.utf8)
  }

  /// Feeds the UTF-8 bytes to the hasher.
  package func hash(into hasher: inout Hasher) {
    // Not the string's own hash, which is the same for all canonically equivalent spellings: a file with many of
    // them would make a table of one long chain.
    let isHashed: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
      unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
  }
}

extension Dictionary where Key == ExactText {
  /// The value of a text, compared scalar by scalar.
  package subscript(text: String) -> Value? { self[ExactText(text)] }
}
