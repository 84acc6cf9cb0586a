extension JSONScanner {
  /// Passes a string, which begins here, and gives it without its escapes.
  mutating func string() throws(FormatError) -> String {
    at += 1
    let start = at
    // Most strings have no escapes and are taken as they are.
    passPlain()
    if byte == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
    }
    var text = Array(bytes[start..<at])
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += String(try escape()).utf8
      case 0..<0x20:
        throw fail("control characters as escapes such as \\n")
      default:
        let start = at
        passPlain()
        text += bytes[start..<at]
      }
    }
    throw fail("'\"' at the end of a string")
  }

  /// Passes what stands for itself in a string.
  private mutating func passPlain() {
    while at < bytes.count {
      let byte = bytes[at]
      guard byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 else { return }
      if byte & 0xC0 == 0x80 { continuations += 1 }
      at += 1
    }
  }

  private mutating func escape() throws(FormatError) -> Unicode.Scalar {
    let start = position
    at += 1
    let plain: Unicode.Scalar? =
      switch byte {
      case UInt8(ascii: "\""): "\""
      case UInt8(ascii: "\\"): "\\"
      case UInt8(ascii: "/"): "/"
      case UInt8(ascii: "b"): "\u{8}"
      case UInt8(ascii: "f"): "\u{c}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      default: nil
      }
    if let plain {
      at += 1
      return plain
    }
    guard take("u") else { throw fail("one of \" \\ / b f n r t u after '\\'") }
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
      let low = try hexadecimal()
      // Anything but a second half leaves the first alone.
      if (0xDC00..<0xE000).contains(low) { code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) }
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw FormatError.text(
        file: file, position: start, expected: "both halves of a surrogate pair",
        found: "'\\u\(NumberText.hexadecimal(UInt64(code), digits: 4))' alone")
    }
    return scalar
  }

  private mutating func hexadecimal() throws(FormatError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch byte {
      case .some(let byte) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
        digit = byte - UInt8(ascii: "0")
      case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20):
        digit = (byte | 0x20) - UInt8(ascii: "a") + 10
      default: throw fail("four hexadecimal digits after '\\u'")
      }
      code = code << 4 | UInt32(digit)
      at += 1
    }
    return code
  }
}
