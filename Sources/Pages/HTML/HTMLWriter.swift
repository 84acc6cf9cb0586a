/// Writes pieces of pages as UTF-8.
package struct HTMLWriter {
  private(set) var bytes: [UInt8] = []

  package mutating func write(_ html: HTML) {
    switch html {
    case .text(let text): write(text: text)
    case .group(let children): children.forEach { write($0) }
    case .element(let tag, let attributes, let children):
      bytes.append(UInt8(ascii: "<"))
      bytes += tag.rawValue.utf8
      for attribute in attributes { write(attribute) }
      bytes.append(UInt8(ascii: ">"))
      guard !tag.isVoid else { return }
      if tag.isBlock { bytes.append(UInt8(ascii: "\n")) }
      for child in children {
        write(child)
        if tag.isBlock { bytes.append(UInt8(ascii: "\n")) }
      }
      bytes += "</\(tag.rawValue)>".utf8
    }
  }

  /// Markup that comes from this program's sources and nowhere else.
  package mutating func write(literally text: StaticString) {
    bytes += text.description.utf8
  }

  private mutating func write(_ attribute: HTML.Attribute) {
    bytes.append(UInt8(ascii: " "))
    bytes += attribute.name.utf8
    guard let value = attribute.value else { return }
    bytes += "=\"".utf8
    write(text: value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Text in an element or an attribute: what could be taken for markup becomes a character reference, control
  /// characters become U+FFFD, as HTML forbids them even as references.
  package mutating func write(text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      case 0x0D: bytes += "&#13;".utf8
      case 0..<0x09, 0x0B...0x0C, 0x0E..<0x20, 0x7F: bytes += "\u{FFFD}".utf8
      default: bytes.append(byte)
      }
    }
  }
}
