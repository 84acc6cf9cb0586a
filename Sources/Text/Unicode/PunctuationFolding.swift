/// Curly quotation marks, dashes and ellipses as those of a typewriter: ’ is ', “ is ", – is -, — is a - between
/// spaces, and … is three dots.
enum PunctuationFolding {
  /// Whether a line has something to fold; all of that begins with 0xE2.
  static func mayChange(_ line: Span<UInt8>) -> Bool {
    var index = 0
    while index + 2 < line.count {
      if line[index] == 0xE2, folded(decodeScalar(line, at: index).scalar) != nil { return true }
      index += 1
    }
    return false
  }

  /// The line with its punctuation folded.
  static func applied(to line: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(line.count)
    var index = 0
    while index < line.count {
      let (scalar, length) = decodeScalar(line, at: index)
      if let text = folded(scalar) {
        result += text.utf8
      } else {
        for byte in index..<(index + length) { result.append(line[byte]) }
      }
      index += length
    }
    return result
  }

  private static func folded(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x2018...0x201B: "'"
    case 0x201C...0x201F: "\""
    case 0x2010...0x2013, 0x2212: "-"
    case 0x2014, 0x2015: " - "
    case 0x2026: "..."
    default: nil
    }
  }
}
