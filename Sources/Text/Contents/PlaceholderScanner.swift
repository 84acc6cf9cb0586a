/// Finds what a program replaces in a text: `%d` of printf, `%(name)s` of Python, `{name}`, `${name}` and the like.
struct PlaceholderScanner {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The placeholder that begins at a place and where the text goes on; `nil` if none begins there.
  func placeholder(at start: Int) -> (name: String, end: Int)? {
    switch bytes[start] {
    case UInt8(ascii: "%"): percent(at: start)
    case UInt8(ascii: "{"): brace(at: start, prefix: "")
    case UInt8(ascii: "$") where byte(start + 1) == UInt8(ascii: "{"):
      brace(at: start + 1, prefix: "$")
    default: nil
    }
  }

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// `%d`, `%-5.2f`, `%1$s`, `%lu`, `%@`; `%(name)s`, `%{name}`; `%1` and `%n` as in Qt.
  private func percent(at start: Int) -> (name: String, end: Int)? {
    // "100%d…" is a share, and so is "50 % discount": no flag is a space here.
    if start > 0, (0x30...0x39).contains(bytes[start - 1]) { return nil }
    var index = start + 1
    guard let first = byte(index) else { return nil }
    if first == UInt8(ascii: "%") { return nil }
    if first == UInt8(ascii: "(") || first == UInt8(ascii: "{") {
      let close = first == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
      let name = bytes[(index + 1)...].prefix { isName($0) }
      guard !name.isEmpty, byte(name.endIndex) == close else { return nil }
      index = name.endIndex + 1
      if close == UInt8(ascii: ")") {
        guard let end = conversion(at: index) else { return nil }
        index = end
      }
      return (text(start..<index), index)
    }
    let number = bytes[index...].prefix { (0x30...0x39).contains($0) }
    if !number.isEmpty, byte(number.endIndex) == UInt8(ascii: "$") {
      guard let end = conversion(at: number.endIndex + 1) else { return nil }
      return ("%" + text((number.endIndex + 1)..<end), end)
    }
    if let end = conversion(at: index) { return (text(start..<end), end) }
    return number.isEmpty || number.count > 2
      ? nil : (text(start..<number.endIndex), number.endIndex)
  }

  /// Where flags, width, precision, length and conversion of printf end that begin at a place.
  private func conversion(at start: Int) -> Int? {
    var index = start
    func skip(_ signs: StaticString, atMost most: Int) {
      let signs = Array(signs.description.utf8)
      index += bytes[min(index, bytes.count)...].prefix(most).prefix { signs.contains($0) }.count
    }
    skip("-+#0'", atMost: 5)
    skip("*0123456789", atMost: 4)
    if byte(index) == UInt8(ascii: ".") {
      index += 1
      skip("*0123456789", atMost: 4)
    }
    skip("hlqjztL", atMost: 2)
    guard let letter = byte(index), Array("diouxXeEfFgGaAcCsSpn@".utf8).contains(letter) else {
      return nil
    }
    return index + 1
  }

  /// `{name}`, `{0}`, `{}`, `{price:.2f}`; of ICU's `{n, plural, …}` the name, up to the brace that closes it.
  private func brace(at start: Int, prefix: String) -> (name: String, end: Int)? {
    let name = bytes[(start + 1)...].prefix { isName($0) }
    let end = name.endIndex
    switch byte(end) {
    case UInt8(ascii: "}"): return (prefix + text(start..<(end + 1)), end + 1)
    case UInt8(ascii: ":"), UInt8(ascii: "!"):
      let rest = bytes[end...].prefix(20)
      guard let close = rest.firstIndex(of: UInt8(ascii: "}")), !rest[..<close].contains(0x20)
      else { return nil }
      return (prefix + text(start..<(close + 1)), close + 1)
    case UInt8(ascii: ",") where !name.isEmpty:
      var depth = 0
      for index in start..<bytes.count {
        if bytes[index] == UInt8(ascii: "{") { depth += 1 }
        if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
        if depth == 0 { return (prefix + text(start..<end) + "}", index + 1) }
      }
      return nil
    default: return nil
    }
  }

  private func isName(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
      || [UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-")].contains(byte)
  }
}
