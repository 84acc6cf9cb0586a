/// Text as Unicode scalars, which is what the reference implementations of all metrics count.
///
/// A Swift `Character` would not do: "é" in one scalar and in two would match, and "\r\n" would be one.
typealias Scalars = [UInt32]

extension [UInt32] {
  init(_ text: String) { self = text.unicodeScalars.map(\.value) }

  /// The stretches between white space.
  var words: [Scalars] {
    split { isPythonSpace($0) }.map { Scalars($0) }
  }

  /// The text without white space at its end.
  var withoutTrailingSpace: Scalars {
    Scalars(self[..<(lastIndex { !isPythonSpace($0) }.map { $0 + 1 } ?? 0)])
  }

  /// The text without white space at its start and its end.
  var withoutOuterSpace: Scalars { Scalars(withoutTrailingSpace.drop { isPythonSpace($0) }) }

  /// The text in small letters, with Unicode's rule for a sigma at the end of a word.
  ///
  /// Unicode Standard, section 3.13, definition R2 and table 3-17 (Final_Sigma).
  var lowercased: Scalars {
    var result: Scalars = []
    result.reserveCapacity(count)
    for (index, value) in enumerated() {
      if value < 0x80 {
        result.append((0x41...0x5A).contains(value) ? value + 0x20 : value)
      } else if value == 0x3A3 {
        result.append(isFinalSigma(at: index) ? 0x3C2 : 0x3C3)
      } else if let scalar = Unicode.Scalar(value) {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars.map(\.value))
      }
    }
    return result
  }

  private func isFinalSigma(at index: Int) -> Bool {
    func firstCased(_ values: some Sequence<UInt32>) -> Bool {
      for value in values {
        guard let properties = Unicode.Scalar(value)?.properties else { return false }
        if !properties.isCaseIgnorable { return properties.isCased }
      }
      return false
    }
    return firstCased(self[..<index].reversed()) && !firstCased(self[(index + 1)...])
  }

  /// Every occurrence of one text replaced by another, from left to right.
  func replacing(_ old: String, by new: String) -> Scalars {
    let (old, new) = (Scalars(old), Scalars(new))
    var result: Scalars = []
    result.reserveCapacity(count)
    var index = 0
    while index < count {
      if self[index...].starts(with: old) {
        result.append(contentsOf: new)
        index += old.count
      } else {
        result.append(self[index])
        index += 1
      }
    }
    return result
  }
}

/// Whether Python's `str.split` takes a scalar for white space.
///
/// That is the Unicode property White_Space and the four separators U+001C to U+001F.
func isPythonSpace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
    0x205F,
    0x3000:
    true
  default: false
  }
}
