/// Which of several equal spellings a text is brought to: `tokenizer.normalization` of a configuration.
///
/// Unicode Standard Annex #15, "Unicode Normalization Forms". The tables are our own and not those of the system, so
/// that a model reads the same tokens on every machine.
package enum UnicodeForm: String, CaseIterable, Sendable {
  /// Each spelling stays as it is.
  case none
  /// Canonical composition: e and U+0301 become é. Invisible characters are dropped.
  case nfc
  /// Moreover letters that only look otherwise become plain ones: ﬁ, Ａ and ² are fi, A and 2.
  case nfkc

  /// Whether a line may be changed by ``applied(to:)``; if not, it is as it should be.
  ///
  /// This is the quick check of the annex, section 9, and sees invisible characters as well.
  func mayChange(_ line: Span<UInt8>) -> Bool {
    guard self != .none else { return false }
    var index = 0
    var lastClass: UInt8 = 0
    while index < line.count {
      let byte = line[index]
      // Below U+00A0 nothing is mapped; below U+0300 nothing is in canonical composition but the soft hyphen.
      if byte < 0x80 {
        lastClass = 0
        index += 1
        continue
      }
      let (scalar, length) = decodeScalar(line, at: index)
      index += length
      if scalar < 0x300 && self == .nfc {
        if scalar == 0xAD { return true }
        lastClass = 0
        continue
      }
      let properties = UnicodeTables.shared.properties(of: scalar)
      if properties.isIrregular(in: self) { return true }
      let combiningClass = properties.combiningClass
      if combiningClass != 0 && combiningClass < lastClass { return true }
      lastClass = combiningClass
    }
    return false
  }

  /// A line in this form, without invisible characters.
  func applied(to line: Span<UInt8>) -> [UInt8] {
    let tables = UnicodeTables.shared
    var scalars: [UInt32] = []
    var index = 0
    while index < line.count {
      let (scalar, length) = decodeScalar(line, at: index)
      index += length
      guard !UnicodeTables.isInvisible(scalar) else { continue }
      tables.appendDecomposition(of: scalar, compatible: self == .nfkc, to: &scalars)
    }
    tables.order(&scalars)
    tables.compose(&scalars)
    var result: [UInt8] = []
    result.reserveCapacity(line.count)
    for scalar in scalars {
      // All of them come from valid text or from the tables.
      UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") { result.append($0) }
    }
    return result
  }
}
